const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };
var $checkedFloat = early$, $failed = early$, $handle = early$, $lend = early$;
var sum$raw = early$;

export function bind$(runtime) {
  ({ $checkedFloat, $failed, $handle, $lend } = runtime);
  runtime.$register({
    'sum': [sum$, 'r8 samples: &[f32]'],
  }, (exports) => {
    sum$raw = exports.lend$sum$HASH;
  }, 'golden');
}

export var sum$ = function sum(samples) {
  const samples$ = $handle(samples) || $lend(samples, 8, 0, 'sum', 0);
  try {
    return $checkedFloat(sum$raw(samples$));
  } catch (error) {
    throw $failed(error, 0, samples$);
  }
};
