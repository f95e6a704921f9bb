import { failed, outcome } from '../wasm-lend-HASH/js/refusal.js';
import { drops } from '../wasm-lend-HASH/js/pendingDrops.js';
import { late } from '../wasm-lend-HASH/js/raw.js';
import { handle } from '../wasm-lend-HASH/js/handles.js';
import { give, takeBack } from '../wasm-lend-HASH/js/owned.js';
import { copyOut } from '../wasm-lend-HASH/js/results.js';
var $failed = failed, $outcome = outcome, $drops = drops, $late = late, $handle = handle, $give = give, $takeBack = takeBack, $copyOut = copyOut;
const copy$$about = () => [copy$, 'copy', 'k0 bytes: Buffer<u8>'];
var copy$$raw = /* @__PURE__ */ $late('lend$copy$HASH', (raw) => { copy$$raw = raw; }, copy$$about);

export var copy$ = function copy(bytes) {
  let bytes$ = 0;
  try {
    bytes$ = $handle(bytes) || $give(bytes, 0, copy$$about, 0);
    let result$$;
    try {
      result$$ = copy$$raw(bytes$);
    } catch (error) {
      throw $failed(error, copy$$about, 2, bytes$);
    }
    if ($outcome.failed) throw $outcome.take(copy$$about, 2, bytes$);
    return $copyOut(result$$, 0, copy$$about);
  } finally {
    $takeBack(bytes, bytes$);
    if ($drops.any) $drops.run();
  }
};
