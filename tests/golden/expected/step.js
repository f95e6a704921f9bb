import { reject } from '../wasm-lend-HASH/js/reject.js';
import { failed, checked } from '../wasm-lend-HASH/js/refusal.js';
import { drops } from '../wasm-lend-HASH/js/pendingDrops.js';
import { late } from '../wasm-lend-HASH/js/raw.js';
import { handle } from '../wasm-lend-HASH/js/handles.js';
import { copyForWriting, copyBack } from '../wasm-lend-HASH/js/exclusive.js';
import { packArgument } from '../wasm-lend-HASH/js/records.js';
var $reject = reject, $failed = failed, $checked = checked, $drops = drops, $late = late, $handle = handle, $lendMut = copyForWriting, $copyBack = copyBack, $pack = packArgument;
var tags$$ = [];
const step$$about = () => [step$, 'step', 'w(Particle) particles: &mut [Particle]', 'n8 seconds: f32'];
var step$$raw = /* @__PURE__ */ $late('lend$step$HASH', (raw) => { step$$raw = raw; }, step$$about);

export function bind$$(tags) {
  // A copy: wasm-bindgen passes a view of wasm memory.
  tags$$ = tags.slice();
}

export var step$ = function step(particles, seconds) {
  if (!(typeof seconds === 'number')) $reject(step$$about, particles, seconds);
  particles = $pack(particles, tags$$[0], step$$about, 0);
  let particles$ = 0;
  try {
    particles$ = $handle(particles) || $lendMut(particles, tags$$[0], 0, step$$about, 0);
    try {
      $checked(step$$raw(particles$, seconds));
    } catch (error) {
      throw $failed(error, step$$about, 2, particles$);
    }
  } finally {
    $copyBack(particles, particles$);
    if ($drops.any) $drops.run();
  }
};
