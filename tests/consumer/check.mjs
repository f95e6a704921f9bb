// Uses the package as its users do, whatever has loaded it.

/** @param {any} pkg @returns {Promise<object>} */
export async function check({ even, later, lend, LendError, texts }) {
  const values = lend.createReadOnlyBuffer(new Uint8Array([1, 2, 3, 4]));
  const result = even(values);
  const caught = (call) => {
    try {
      return call();
    } catch (error) {
      return error instanceof LendError ? error.code : error.message;
    }
  };
  return {
    even: [...result.view],
    refused: caught(() => even('text')),
    words: texts.words('a few wörds', 2),
    failed: caught(() => texts.words('')),
    later: await later(values),
  };
}

export const EXPECTED = { even: [2, 4], refused: 'ERR_LEND_TYPE', words: ['wörds', 'few'], failed: 'there are no words', later: 10 };
