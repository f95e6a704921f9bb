// Exported enums: their objects, the values that cross, and the refusals of all others.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { directory, load, runtimeModule, TARGETS, thrown } from './packages.mjs';

for (const target of TARGETS) {
  const pkg = await load(target);
  const { Level, LendError, Pace, Verbosity } = pkg;

  const refused = (call, code, message) => {
    const error = thrown(call);
    assert.ok(error instanceof LendError, String(error));
    assert.deepEqual({ code: error.code, message: error.message }, { code, message });
  };

  describe(`enums, ${target}`, () => {
    it('are frozen objects of their variants', () => {
      assert.deepEqual({ ...Pace }, { Fast: 0, Slow: 1 });
      assert.deepEqual({ ...Level }, { Lowest: -2147483648, Below: -1, Zero: 0, Ten: 10, AfterTen: 11, Bit: 1048576, Most: 2147483647 });
      assert.deepEqual({ ...Verbosity }, { quiet: 'quiet', allOfIt: 'it\'s "all"', errors: 'error' });
      assert.deepEqual(Object.keys(Pace), ['Fast', 'Slow']);
      for (const object of [Pace, Level, Verbosity]) assert.ok(Object.isFrozen(object));
      assert.throws(() => (Pace.Fast = 1), TypeError);
      assert.throws(() => (Pace.label = null), TypeError);
      assert.throws(() => (Level.More = 1), TypeError);
    });

    it('cross as numbers', () => {
      assert.equal(pkg.same_pace(Pace.Slow), Pace.Slow);
      assert.equal(pkg.same_pace(-0), 0);
      for (const level of Object.values(Level)) assert.equal(pkg.same_level(level), level);
      assert.equal(pkg.maybe_pace(Pace.Slow), 1);
      for (const absent of [undefined, null]) assert.equal(pkg.maybe_pace(absent), undefined);
      assert.equal(pkg.maybe_pace(), undefined);
      assert.equal(pkg.pace_or_slow(), Pace.Slow);
      assert.equal(pkg.pace_or_slow(Pace.Fast), Pace.Fast);
      assert.deepEqual([...pkg.paces(3)], [0, 1, 0]);
    });

    it('cross as strings', () => {
      const { quiet, allOfIt, errors } = Verbosity;
      assert.deepEqual(pkg.levels_back([quiet, allOfIt, errors, 'quiet']), ['quiet', 'error', 'it\'s "all"', 'quiet']);
      assert.deepEqual(pkg.levels_back([]), []);
      assert.deepEqual(pkg.pace_and_level([Pace.Fast, errors]), ['error', Pace.Fast]);
      assert.deepEqual(pkg.pace_and_level([Pace.Slow, errors]), ['quiet', Pace.Slow]);
      assert.deepEqual(pkg.pace_and_level([Pace.Slow, null]), [undefined, Pace.Slow]);
    });

    it('cross to callbacks and back', () => {
      const seen = [];
      const answer = pkg.ask_pace(Pace.Slow, (...values) => {
        seen.push(values);
        return Verbosity.errors;
      });
      assert.deepEqual([answer, seen], ['error', [[1, 'it\'s "all"']]]);
      assert.equal(pkg.ask_number(() => 1), Pace.Slow);
      assert.equal(pkg.ask_kept((level) => level - 1), Level.Ten);
      assert.equal(pkg.ask_kept(() => undefined), undefined);
      refused(() => pkg.ask_number(() => 2), 'ERR_LEND_RANGE', 'ask_number(): argument `ask: Callback<\'_, (), Pace>`: its result: takes a Pace: one of 0 (Fast), 1 (Slow); got 2');
      refused(() => pkg.ask_number(() => 'Slow'), 'ERR_LEND_TYPE', 'ask_number(): argument `ask: Callback<\'_, (), Pace>`: its result: takes a Pace: one of 0 (Fast), 1 (Slow); got the string "Slow"');
    });

    it('are fields of classes', () => {
      const engine = new pkg.Engine(Pace.Slow);
      assert.deepEqual([engine.pace, engine.log], [1, undefined]);
      engine.pace = Pace.Fast;
      engine.log = Verbosity.errors;
      assert.deepEqual([engine.pace, engine.log], [0, 'error']);
      const error = thrown(() => (engine.pace = 5));
      assert.deepEqual([error.code, engine.pace], ['ERR_LEND_RANGE', 0]);
      engine.free();
    });

    it('refuse what is no variant', () => {
      const pace = 'same_pace(): argument `pace: Pace` takes a Pace: one of 0 (Fast), 1 (Slow)';
      for (const [value, got] of [[2, '2'], [0.5, '0.5'], [-1, '-1'], [NaN, 'NaN'], [Infinity, 'Infinity'], [2 ** 53, '9007199254740992'], [2 ** 64, '18446744073709552000']]) {
        refused(() => pkg.same_pace(value), 'ERR_LEND_RANGE', `${pace}; got ${got}`);
      }
      for (const [value, got] of [['Fast', 'the string "Fast"'], ['0', 'the string "0"'], [undefined, 'undefined'], [null, 'null'], [true, 'true'], [0n, 'the BigInt 0n']]) {
        refused(() => pkg.same_pace(value), 'ERR_LEND_TYPE', `${pace}; got ${got}`);
      }
      refused(() => pkg.same_level(4294967295), 'ERR_LEND_RANGE',
        'same_level(): argument `level: Level` takes a Level: one of -2147483648 (Lowest), -1 (Below), 0 (Zero), 10 (Ten), 11 (AfterTen), 1048576 (Bit), 2147483647 (Most); got 4294967295');
      const level = 'levels_back(): argument `levels: Vec<LogLevel>` [1] takes a Verbosity: one of "quiet", "it\'s \\"all\\"", "error"';
      refused(() => pkg.levels_back(['quiet', 'loud']), 'ERR_LEND_RANGE', `${level}; got the string "loud"`);
      refused(() => pkg.levels_back(['quiet', 0]), 'ERR_LEND_TYPE', `${level}; got 0`);
      refused(() => pkg.levels_back(['quiet', 'Quiet']), 'ERR_LEND_RANGE', `${level}; got the string "Quiet"`);
      refused(() => pkg.pace_and_level([7, null]), 'ERR_LEND_RANGE', 'pace_and_level(): argument `pair: (Pace, Option<LogLevel>)` [0] takes a Pace: one of 0 (Fast), 1 (Slow); got 7');
    });

    it('have functions', async () => {
      assert.equal(Pace.label(Pace.Fast), 'quick as a flash');
      assert.equal(Pace.label(Pace.Slow), 'no hurry');
      assert.equal(Pace.other(0), 1);
      assert.equal(Pace.new(), 0);
      assert.deepEqual(Pace.all(), [0, 1]);
      assert.deepEqual(await Pace.later(Pace.Slow, 2), [1, 1]);
      assert.equal(Verbosity.parse('all'), Verbosity.allOfIt);
      assert.throws(() => Verbosity.parse('loud'), { message: 'no level is called loud' });
      assert.equal(Verbosity.isQuieterThan('quiet', Verbosity.errors), true);
      assert.deepEqual([Verbosity.isQuiet('quiet'), Verbosity.isQuiet('error')], [true, false]);
      assert.deepEqual([Pace.label.name, Verbosity.isQuiet.name], ['label', 'isQuiet']);
      assert.equal(Verbosity.makeQuiet, undefined);
      assert.equal(Verbosity.private, undefined);
      refused(() => Pace.label(3), 'ERR_LEND_RANGE', 'Pace.label(): argument `self: Pace` takes a Pace: one of 0 (Fast), 1 (Slow); got 3');
      refused(() => Verbosity.isQuieterThan('quiet'), 'ERR_LEND_TYPE', 'Verbosity.isQuieterThan(): argument `other: LogLevel` takes a Verbosity: one of "quiet", "it\'s \\"all\\"", "error"; got undefined');
      assert.equal(pkg.lend.callRustSync('Pace.other', [1])[0], 0);
    });
  });
}

it('refuses two exports of one name, of which the package would have one', async () => {
  await load('web');
  const folder = directory('e2e', 'web');
  const { enumObject } = await runtimeModule(folder, 'enums.js');
  const { checkNames } = await runtimeModule(folder, 'names.js');
  const twice = thrown(() => enumObject('other.Pace', { Fast: 0 }));
  assert.equal(twice.code, 'ERR_LEND_NAME');
  assert.match(twice.message, /^two exports of this package are called `Pace`: the enum of the crate `e2e`, and the enum of the crate `other`\. /);
  const beside = thrown(() => checkNames({ lend$Pace$1a2b3c4d() {} }));
  assert.match(beside.message, /^two exports of this package are called `Pace`: the enum of the crate `e2e`, and a function or namespace\. /);
  // The functions of an enum, and the same snippet after a hot update.
  checkNames({ lend$$Pace$label$1a2b3c4d() {}, lend$sum$1a2b3c4d() {} });
  assert.deepEqual({ ...enumObject('e2e.Pace', { Fast: 0 }) }, { Fast: 0 });
});
