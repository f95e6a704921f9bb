const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };
var $checked = early$, $copyBack = early$, $drops = early$, $failed = early$, $handle = early$, $lendMut = early$, $pack = early$, $reject = early$;
var tags$;
var step$raw = early$;

export function bind$(runtime, tags) {
  // A copy: wasm-bindgen passes a view of wasm memory.
  tags$ = tags.slice();
  ({ $checked, $copyBack, $drops, $failed, $handle, $lendMut, $pack, $reject } = runtime);
  runtime.$register({
    'step': [step$, 'w(Particle) particles: &mut [Particle]', 'n8 seconds: f32'],
  }, (exports) => {
    step$raw = exports.lend$step$HASH;
  }, 'golden');
}

export var step$ = function step(particles, seconds) {
  if (!(typeof seconds === 'number')) $reject('step', particles, seconds);
  particles = $pack(particles, tags$[0], 'step', 0);
  let particles$ = 0;
  try {
    particles$ = $handle(particles) || $lendMut(particles, tags$[0], 0, 'step', 0);
    try {
      $checked(step$raw(particles$, seconds));
    } catch (error) {
      throw $failed(error, 2, particles$);
    }
  } finally {
    $copyBack(particles, particles$);
    if ($drops.any) $drops.run();
  }
};
