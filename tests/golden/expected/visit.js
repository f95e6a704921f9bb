import { reject } from '../wasm-lend-HASH/js/reject.js';
import { failed, outcome } from '../wasm-lend-HASH/js/refusal.js';
import { late } from '../wasm-lend-HASH/js/raw.js';
import { stack, slab, ownNow, settle, dropObjects } from '../wasm-lend-HASH/js/objects.js';
var $reject = reject, $failed = failed, $outcome = outcome, $late = late, $stack = stack, $slab = slab, $own = ownNow, $settle = settle, $dropObjects = dropObjects;
const visit$$about = () => [visit$, 'visit', 'v object: JsObject', 'f visitor: Callback<\'_, (JsObject, u32), bool>'];
var visit$$raw = /* @__PURE__ */ $late('lend$visit$HASH', (raw) => { visit$$raw = raw; }, visit$$about);

export var visit$ = function visit(object, visitor) {
  if (!(typeof visitor === 'function')) $reject(visit$$about, object, visitor);
  let object$ = 0, visitor$ = 0;
  let result$$;
  const slab$$ = $slab, places$$ = slab$$.places;
  if (typeof object === 'object' && object !== null && (object$ = slab$$.next) < places$$.length) {
    slab$$.next = places$$[object$];
    places$$[object$] = object;
  } else object$ = $own(object);
  try {
    result$$ = visit$$raw(object$, visitor$ = -$stack.push(visitor));
  } catch (error) {
    throw $dropObjects($failed(error, visit$$about, 4), 4, visitor$, object$);
  }
  $stack.pop();
  const notes$$ = slab$$.notes, noted$$ = notes$$[slab$$.released];
  if (noted$$ > 0 && notes$$[slab$$.released + 1] === 0) {
    notes$$[slab$$.released] = 0;
    places$$[noted$$] = slab$$.next;
    slab$$.next = noted$$;
  } else if (noted$$ !== 0) $settle();
  if ($outcome.failed) throw $outcome.take(visit$$about, 4);
  return result$$ !== 0;
};
