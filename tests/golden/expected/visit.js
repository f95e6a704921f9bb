const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };
const unready$ = new Proxy({}, { get: early$ });
var $dropObjects = early$, $failed = early$, $outcome = early$, $own = early$, $reject = early$, $settle = early$, $slab = unready$, $stack = unready$;
var visit$raw = early$;

export function bind$(runtime) {
  ({ $dropObjects, $failed, $outcome, $own, $reject, $settle, $slab, $stack } = runtime);
  runtime.$register({
    'visit': [visit$, 'v object: JsObject', 'f visitor: Callback<\'_, (JsObject, u32), bool>'],
  }, (exports) => {
    visit$raw = exports.lend$visit$HASH;
  }, 'golden');
}

export var visit$ = function visit(object, visitor) {
  if (!(typeof visitor === 'function')) $reject('visit', object, visitor);
  let object$ = 0, visitor$ = 0;
  let result$;
  const slab$ = $slab, places$ = slab$.places;
  if (typeof object === 'object' && object !== null && (object$ = slab$.next) < places$.length) {
    slab$.next = places$[object$];
    places$[object$] = object;
  } else object$ = $own(object);
  try {
    result$ = visit$raw(object$, visitor$ = -$stack.push(visitor));
  } catch (error) {
    throw $dropObjects($failed(error, 4), 4, visitor$, object$);
  }
  $stack.pop();
  const notes$ = slab$.notes, noted$ = notes$[slab$.released];
  if (noted$ > 0 && notes$[slab$.released + 1] === 0) {
    notes$[slab$.released] = 0;
    places$[noted$] = slab$.next;
    slab$.next = noted$;
  } else if (noted$ !== 0) $settle();
  if ($outcome.failed) throw $outcome.take('visit', 4);
  return result$ !== 0;
};
