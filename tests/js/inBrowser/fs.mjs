// The functions of `node:fs/promises` and `node:path` that the suites use.

export const join = (...parts) => parts.join('/');
export const readFile = async (path) => (await fetch(path)).text();
export const writeFile = () => { throw new Error('a page does not write'); };
