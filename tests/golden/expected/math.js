import { reject } from '../wasm-lend-HASH/js/reject.js';
import { failed, checked } from '../wasm-lend-HASH/js/refusal.js';
import { drops } from '../wasm-lend-HASH/js/pendingDrops.js';
import { late } from '../wasm-lend-HASH/js/raw.js';
import { handle } from '../wasm-lend-HASH/js/handles.js';
import { copyForWriting, copyBack } from '../wasm-lend-HASH/js/exclusive.js';
var $reject = reject, $failed = failed, $checked = checked, $drops = drops, $late = late, $handle = handle, $lendMut = copyForWriting, $copyBack = copyBack;
const math$half$$about = () => [math$half, 'math.half', 'n9 number: f64'];
var math$half$$raw = /* @__PURE__ */ $late('lend$math$half$HASH', (raw) => { math$half$$raw = raw; });
const math$delete$$about = () => [math$delete, 'math.delete', 'w8 values: &mut [f32]'];
var math$delete$$raw = /* @__PURE__ */ $late('lend$math$delete$HASH', (raw) => { math$delete$$raw = raw; }, math$delete$$about);

function math$half(number) {
  if (!(typeof number === 'number')) $reject(math$half$$about, number);
  return math$half$$raw(number);
}

function math$delete(values) {
  let values$ = 0;
  try {
    values$ = $handle(values) || $lendMut(values, 8, 0, math$delete$$about, 0);
    try {
      $checked(math$delete$$raw(values$));
    } catch (error) {
      throw $failed(error, math$delete$$about, 2, values$);
    }
  } finally {
    $copyBack(values, values$);
    if ($drops.any) $drops.run();
  }
}

export const math$ = /* @__PURE__ */ Object.freeze({
  half: math$half,
  delete: math$delete,
});
