import { reject } from '../wasm-lend-HASH/js/reject.js';
import { failed, outcome, checked, checkedWord } from '../wasm-lend-HASH/js/refusal.js';
import { drops } from '../wasm-lend-HASH/js/pendingDrops.js';
import { late } from '../wasm-lend-HASH/js/raw.js';
import { handle } from '../wasm-lend-HASH/js/handles.js';
import { copySmall } from '../wasm-lend-HASH/js/smallCopies.js';
import { copyToScratch } from '../wasm-lend-HASH/js/slices.js';
import { readOnly } from '../wasm-lend-HASH/js/results.js';
import { noInstance, extendClass } from '../wasm-lend-HASH/js/classes.js';
var $reject = reject, $failed = failed, $outcome = outcome, $checked = checked, $checkedWord = checkedWord, $drops = drops, $late = late, $handle = handle, $small = copySmall, $lend = copyToScratch, $readOnly = readOnly, $noInstance = noInstance, $extendClass = extendClass;
var tags$$ = [];
var class$$ = 0, of$$, make$$;
const Series$new$$$about = () => [Series$new$, 'new Series'];
var Series$new$$$raw = /* @__PURE__ */ $late('lend$$Series$new$$HASH', (raw) => { Series$new$$$raw = raw; });
const Series$zeros$$about = () => [Series$zeros, 'Series.zeros', 'n4 length: u32'];
var Series$zeros$$raw = /* @__PURE__ */ $late('lend$$Series$zeros$HASH', (raw) => { Series$zeros$$raw = raw; }, Series$zeros$$about);
const Series$get$length$$about = () => [Series$get$length, 'get Series.length', 'v this: &Series'];
var Series$get$length$$raw = /* @__PURE__ */ $late('lend$$Series$get$length$HASH', (raw) => { Series$get$length$$raw = raw; }, Series$get$length$$about);
const Series$push$$about = () => [Series$push, 'Series.push', 'v this: &mut Series', 'r8 samples: &[f32]'];
var Series$push$$raw = /* @__PURE__ */ $late('lend$$Series$push$HASH', (raw) => { Series$push$$raw = raw; }, Series$push$$about);
const Series$samples$$about = () => [Series$samples, 'Series.samples', 'v this: &Series'];
var Series$samples$$raw = /* @__PURE__ */ $late('lend$$Series$samples$HASH', (raw) => { Series$samples$$raw = raw; }, Series$samples$$about);

export function bind$$(tags) {
  // A copy: wasm-bindgen passes a view of wasm memory.
  tags$$ = tags.slice();
  class$$ = tags$$[0];
  $extendClass(class$$, (of, make) => { of$$ = of; make$$ = make; }, {
    construct: Series$new$,
    methods: { push: Series$push, samples: Series$samples },
    statics: { zeros: Series$zeros },
    getters: { length: Series$get$length },
    setters: {  },
  });
}

function Series$new$() {
  let result$$;
  try {
    result$$ = Series$new$$$raw();
  } catch (error) {
    throw $failed(error, Series$new$$$about, 0);
  }
  if ($outcome.failed) throw $outcome.take(Series$new$$$about, 0);
  return result$$ >>> 0;
}

function Series$zeros(length) {
  if (!(typeof length === 'number' && (length >>> 0) === length)) $reject(Series$zeros$$about, length);
  let result$$;
  try {
    result$$ = Series$zeros$$raw(length);
  } catch (error) {
    throw $failed(error, Series$zeros$$about, 0);
  }
  if ($outcome.failed) throw $outcome.take(Series$zeros$$about, 0);
  return make$$(result$$);
}

function Series$get$length() {
  const this$ = of$$(this) || $noInstance(this, class$$, Series$get$length$$about, 0);
  try {
    return $checkedWord(Series$get$length$$raw(this$));
  } catch (error) {
    throw $failed(error, Series$get$length$$about, 0, this$);
  }
}

function Series$push(samples) {
  const samples$ = $handle(samples) || $small(samples, 8) || $lend(samples, 8, 0, Series$push$$about, 1);
  const this$ = of$$(this) || $noInstance(this, class$$, Series$push$$about, 0);
  try {
    $checked(Series$push$$raw(this$, samples$));
  } catch (error) {
    throw $failed(error, Series$push$$about, 0, this$, samples$);
  }
}

function Series$samples() {
  const this$ = of$$(this) || $noInstance(this, class$$, Series$samples$$about, 0);
  let result$$;
  try {
    result$$ = Series$samples$$raw(this$);
  } catch (error) {
    throw $failed(error, Series$samples$$about, 0, this$);
  }
  if ($outcome.failed) throw $outcome.take(Series$samples$$about, 0, this$);
  const made$$ = $readOnly(result$$, 8);
  if ($drops.any) $drops.run();
  return made$$;
}
