// The difference of two texts, line by line.

/** Lines around each change that are shown too. */
const CONTEXT = 3;

/**
 * Lines that only `before` has start with `-`, lines that only `after` has with `+`.
 * @param {string} before @param {string} after
 */
export function lineDiff(before, after) {
  const [a, b] = [before.split('\n'), after.split('\n')];
  // common[i][j]: the length of the longest common sequence of `a` from line `i` and `b` from line `j`.
  const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const lines = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(`  ${a[i]}`);
      i += 1;
      j += 1;
    } else if (i < a.length && (j === b.length || common[i + 1][j] >= common[i][j + 1])) {
      lines.push(`- ${a[i]}`);
      i += 1;
    } else {
      lines.push(`+ ${b[j]}`);
      j += 1;
    }
  }
  const isShown = (/** @type {number} */ at) => lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some((line) => line[0] !== ' ');
  return lines.flatMap((line, at) => (isShown(at) ? [line] : isShown(at - 1) ? ['  …'] : [])).join('\n');
}
