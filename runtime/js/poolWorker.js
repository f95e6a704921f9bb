// The script of the workers that a pool makes by itself. It starts the package from its main file, which lies beside the folder of the snippets.

const host = /** @type {any} */ (globalThis);
const { process } = host;
const threads = process?.getBuiltinModule?.('node:worker_threads');
const port = threads?.parentPort ?? host;
const name = threads?.workerData?.lend ?? host.name;

/** Only where the module is not shared: Node cannot fetch files. */
const bytes = () => process.getBuiltinModule('node:fs').readFileSync(new URL(`../../../${name}_bg.wasm`, import.meta.url));

/** Starts the package. Its first thread may ask this worker to join from then on. */
export async function start() {
  const main = await import(`../../../${name}.js`);
  const pkg = main.lend === undefined ? main.default : main;
  const init = threads === undefined ? pkg.default : (/** @type {any} */ options) => pkg.initSync(options ?? { module: bytes() });
  const served = pkg.lend.serve(init);
  port.postMessage({ 'wasm-lend: ready': true });
  await served;
}

if (typeof name === 'string' && name !== '' && typeof host.Window !== 'function') await start();
