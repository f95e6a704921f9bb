const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };
var $checked = early$, $copyBack = early$, $drops = early$, $failed = early$, $handle = early$, $lendMut = early$, $reject = early$;
var scale$raw = early$;

export function bind$(runtime) {
  ({ $checked, $copyBack, $drops, $failed, $handle, $lendMut, $reject } = runtime);
  runtime.$register({
    'scale': [scale$, 'w8 samples: &mut [f32]', 'n8 gain: f32'],
  }, (exports) => {
    scale$raw = exports.lend$scale$HASH;
  }, 'golden');
}

export var scale$ = function scale(samples, gain) {
  if (!(typeof gain === 'number')) $reject('scale', samples, gain);
  let samples$ = 0;
  try {
    samples$ = $handle(samples) || $lendMut(samples, 8, 0, 'scale', 0);
    try {
      $checked(scale$raw(samples$, gain));
    } catch (error) {
      throw $failed(error, 2, samples$);
    }
  } finally {
    $copyBack(samples, samples$);
    if ($drops.any) $drops.run();
  }
};
