import { failed, checkedFloat } from '../wasm-lend-HASH/js/refusal.js';
import { late } from '../wasm-lend-HASH/js/raw.js';
import { handle } from '../wasm-lend-HASH/js/handles.js';
import { copySmall } from '../wasm-lend-HASH/js/smallCopies.js';
import { copyToScratch } from '../wasm-lend-HASH/js/slices.js';
var $failed = failed, $checkedFloat = checkedFloat, $late = late, $handle = handle, $small = copySmall, $lend = copyToScratch;
const sum$$about = () => [sum$, 'sum', 'r8 samples: &[f32]'];
var sum$$raw = /* @__PURE__ */ $late('lend$sum$HASH', (raw) => { sum$$raw = raw; }, sum$$about);

export var sum$ = function sum(samples) {
  const samples$ = $handle(samples) || $small(samples, 8) || $lend(samples, 8, 0, sum$$about, 0);
  try {
    return $checkedFloat(sum$$raw(samples$));
  } catch (error) {
    throw $failed(error, sum$$about, 0, samples$);
  }
};
