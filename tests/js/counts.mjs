// What is alive in a package, for tests that nothing is left behind.

const COUNTED = ['handles', 'buffers', 'bytes', 'borrows', 'instances', 'closures', 'objects'];

/** @param {any} pkg @returns {Record<string, number>} How many of each are alive. */
export function counts(pkg) {
  const stats = pkg.lend.stats();
  return Object.fromEntries(COUNTED.map((name) => [name, stats[name]]));
}

/** @param {any} before @param {any} after @returns {Record<string, number>} The counts that have changed, and by how much. */
export const difference = (before, after) =>
  Object.fromEntries(COUNTED.map((name) => [name, after[name] - before[name]]).filter(([, more]) => more !== 0));
