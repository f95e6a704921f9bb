import { reject } from '../wasm-lend-HASH/js/reject.js';
import { failed, checked } from '../wasm-lend-HASH/js/refusal.js';
import { drops } from '../wasm-lend-HASH/js/pendingDrops.js';
import { late } from '../wasm-lend-HASH/js/raw.js';
import { handle } from '../wasm-lend-HASH/js/handles.js';
import { copyForWriting, copyBack } from '../wasm-lend-HASH/js/exclusive.js';
var $reject = reject, $failed = failed, $checked = checked, $drops = drops, $late = late, $handle = handle, $lendMut = copyForWriting, $copyBack = copyBack;
const scale$$about = () => [scale$, 'scale', 'w8 samples: &mut [f32]', 'n8 gain: f32'];
var scale$$raw = /* @__PURE__ */ $late('lend$scale$HASH', (raw) => { scale$$raw = raw; }, scale$$about);

export var scale$ = function scale(samples, gain) {
  if (!(typeof gain === 'number')) $reject(scale$$about, samples, gain);
  let samples$ = 0;
  try {
    samples$ = $handle(samples) || $lendMut(samples, 8, 0, scale$$about, 0);
    try {
      $checked(scale$$raw(samples$, gain));
    } catch (error) {
      throw $failed(error, scale$$about, 2, samples$);
    }
  } finally {
    $copyBack(samples, samples$);
    if ($drops.any) $drops.run();
  }
};
