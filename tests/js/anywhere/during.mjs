// Foreign code that runs while a call has its arguments: one table for each point.

import assert from 'node:assert/strict';

import { counts, difference } from '../counts.mjs';
import { actionsOn, ForeignCode, met, reported, settled, table } from './foreignCode.mjs';

/**
 * @typedef {import('./kinds.mjs').Kind} Kind
 * @typedef {import('./points.mjs').Point} Point
 * @typedef {import('./foreignCode.mjs').Action} Action
 */

/** What the frames of the function lose when an exception passes through them. @param {Point} point @param {Kind} kind @param {Action} action */
const lostBy = (point, kind, action) => (point.isInside && action.throws ? kind.lost : {});

/** The required outcome of the call, or `null` if only the table says it. @param {Point} point @param {Action} action */
function expected(point, action) {
  if (point.isBefore) return null;
  if (action.throws && !point.isReported) return point.throws ?? 'throws it';
  return point.refusal ?? 'runs';
}

/**
 * The outcomes that a later call may have.
 * @param {Kind} kind @param {Action} action @param {string} met What happened to the action. @param {boolean} wasTaken True if the call had taken the argument when the action ran. @param {boolean} wasMoved
 */
function afterwards({ movedBy, isMethod }, action, met, wasTaken, wasMoved) {
  const isGone = met === 'runs' && movedBy !== 'nothing';
  // `free()` does nothing to an instance that a running method takes. If the method is refused, JavaScript owns the instance again.
  if (isGone && action.frees && isMethod && wasTaken && !wasMoved && movedBy === 'call') return ['runs'];
  if (isGone && action.frees) return ['`ERR_LEND_RELEASED`', ...(movedBy === 'call' ? ['`ERR_LEND_MOVED`'] : [])];
  if (isGone && action.moves && movedBy !== 'never moved') return ['`ERR_LEND_MOVED`'];
  return [wasMoved && movedBy === 'call' ? '`ERR_LEND_MOVED`' : 'runs'];
}

/**
 * One cell: a call with foreign code in it, and then the same call with fresh arguments.
 * @param {any} pkg @param {Point} point @param {Kind} kind @param {Action} action
 * @returns {Promise<string>} The outcome of the foreign code and of the outer call.
 */
async function cell(pkg, point, kind, action) {
  const before = counts(pkg);
  const value = kind.make();
  const code = new ForeignCode(action, { pkg, kind, value });
  let outside = '';
  const reports = await reported(async () => {
    const { result, thrown } = await code.outcome(() => point.call(pkg, kind, value, code.start));
    if (code.runs === 0 && thrown !== undefined) throw thrown;
    code.check();
    if (thrown === undefined) assert.equal(result, point.total(kind));
    outside = thrown === undefined ? 'runs' : code.describe(thrown);
  });
  assert.deepEqual(reports, point.isReported && action.throws ? [code.error] : [], 'reported');
  assert.equal(outside, expected(point, action) ?? outside);
  const wasMoved = point.isBefore ? outside === 'runs' : !(point.isUnmoved && outside !== 'runs');
  if (!(action.frees && kind.isArray)) {
    const later = met(() => kind.look(value));
    assert.ok(afterwards(kind, action, code.met, point.isBefore !== true, wasMoved).includes(later), `a further call: ${later}`);
  }
  kind.end?.(value);
  await settled();
  assert.deepEqual(difference(before, counts(pkg)), lostBy(point, kind, action), 'nothing else is left');
  await again(pkg, point, kind);
  if (action.isPlain) return outside;
  const isTold = outside !== 'runs' && (action.throws || point.isBefore);
  return isTold ? `${code.met}, ${outside}` : code.met;
}

/** @param {any} pkg @param {Point} point @param {Kind} kind */
async function again(pkg, point, kind) {
  const before = counts(pkg);
  const value = kind.make();
  const code = new ForeignCode({ name: 'returns' }, { pkg, kind, value });
  const { result, thrown } = await code.outcome(() => point.call(pkg, kind, value, code.start));
  code.check();
  if (point.refusal === undefined) assert.equal(result, point.total(kind), 'with fresh arguments');
  else assert.equal(code.describe(thrown), point.refusal, 'with fresh arguments');
  kind.end?.(value);
  await settled();
  assert.deepEqual(difference(before, counts(pkg)), {}, 'after fresh arguments');
}

/**
 * @param {any} pkg @param {Point} point @param {Kind[]} kinds
 * @returns {Promise<{ text: string, cells: number }>} The table and the number of cells.
 */
export async function tableOf(pkg, point, kinds) {
  const rows = kinds.filter((kind) => !point.isLater || kind.later !== undefined);
  const names = actionsOn(kinds[0]).map(({ name }) => name);
  /** @type {[string, string[]][]} */
  const lines = [];
  let cells = 0;
  for (const kind of rows) {
    const row = [];
    for (const action of actionsOn(kind)) {
      if (action.run === undefined) {
        row.push('–');
        continue;
      }
      try {
        row.push(await cell(pkg, point, kind, action));
      } catch (error) {
        throw new Error(`${point.title} × ${kind.name} × ${action.name}: ${/** @type {Error} */ (error).message}`, { cause: error });
      }
      cells += 1;
    }
    lines.push([kind.name, row]);
  }
  return { text: table(names, lines), cells };
}
