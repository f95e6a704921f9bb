/** Strings that go into wasm and out again. @param {any} pkg @returns {string[]} What is wrong. */
export function echo(pkg) {
  const wrong = [];
  for (const length of [0, 1, 1000, 20000]) {
    for (const letter of ['a', 'ü', '😀']) {
      const text = letter.repeat(length / letter.length);
      if (pkg.echo_str(text) !== text) wrong.push(`${length} of ${letter}`);
    }
  }
  return wrong;
}
