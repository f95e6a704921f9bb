// `packages.mjs` for a page: the web package, and copies of it under other URLs.

export { collectGarbage, refused, thrown } from '../thrown.mjs';

export const growing = false;

export const TARGETS = ['web'];
export const directory = () => '/pkg';

const loaded = import('/pkg/e2e.js').then(async (pkg) => {
  await pkg.default();
  return pkg;
});
export const load = () => loaded;

let copies = 0;
export async function loadCopy() {
  const pkg = await import(`/copy${copies++}/e2e.js`);
  await pkg.default();
  return pkg;
}
