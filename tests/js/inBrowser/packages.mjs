// `packages.mjs` for pages: it loads the web package, and copies of it from other URLs.

export { collectGarbage, refused, thrown } from '../thrown.mjs';

export const growing = false;
export const shared = false;
export const fewHandles = false;
export const notIn = () => false;

export const TARGETS = ['web'];
export const directory = () => '/pkg';

let loaded;
export const load = () => (loaded ??= import('/pkg/e2e.js').then(async (pkg) => {
  await pkg.default();
  return pkg;
}));

let copies = 0;
export async function loadCopy(_test, _target, name = 'e2e') {
  const pkg = await import(`/${name === 'e2e' ? 'copy' : name}${copies++}/${name.replaceAll('-', '_')}.js`);
  await pkg.default();
  return pkg;
}

/** The bytes of a plugin. */
export const pluginBytes = async (name) => new Uint8Array(await (await fetch(`/plugins/${name}/${name}.wasm`)).arrayBuffer());

export const pluginUrl = async (name) => new URL(`/plugins/${name}/${name}.wasm`, location.href);

export const pluginShims = (name) => import(`/plugins/${name}/${name}.shims.js`);
