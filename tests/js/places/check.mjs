// A call of each kind, which every place has to pass. It imports no module of Node, because not every place is Node.

/** @param {any} pkg @returns {Promise<string>} 'ok', or what is wrong. */
export async function check(pkg) {
  const wrong = [];
  const same = (/** @type {string} */ what, /** @type {unknown} */ got, /** @type {unknown} */ expected) => {
    if (JSON.stringify(got) !== JSON.stringify(expected)) wrong.push(`${what}: ${JSON.stringify(got)} for ${JSON.stringify(expected)}`);
  };
  same('sum', pkg.sum(new Uint8Array([1, 2, 3])), 6);
  const samples = new Float32Array([1, 2]);
  pkg.amplify(samples, 2);
  same('amplify', [...samples], [2, 4]);
  const text = 'ä😀x'.repeat(40);
  same('repeat', pkg.repeat(text, 2), text + text);
  same('a long text', pkg.repeat(text.repeat(200), 1).length, text.length * 200);
  same('half a pair', pkg.repeat('\ud800', 1), '\ufffd');
  const buffer = pkg.lend.createReadOnlyBuffer(new Uint8Array([4, 5]));
  same('keep', [...pkg.keep(buffer)], [4, 5]);
  let released = 0;
  const ones = pkg.ones(3);
  ones.onRelease(() => { released += 1; });
  ones.free();
  same('onRelease', released, 1);
  same('call', pkg.call((number) => number * 2, 21), 42);
  const object = { a: 1 };
  if (pkg.echo(object) !== object) wrong.push('echo');
  same('later', await pkg.later('soon'), 'soon');
  const counter = new pkg.Counter();
  counter.add();
  same('Counter', counter.count, 1);
  counter.free();
  same('bindgen_reversed', pkg.bindgen_reversed('äb'), 'bä');
  try {
    pkg.sum('x');
    wrong.push('nothing was thrown');
  } catch (error) {
    same('refusal', [error.code, error instanceof pkg.LendError], ['ERR_LEND_TYPE', true]);
  }
  return wrong.length === 0 ? 'ok' : wrong.join('; ');
}
