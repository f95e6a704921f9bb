const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };
var $checked = early$, $copyBack = early$, $drops = early$, $failed = early$, $handle = early$, $lendMut = early$, $reject = early$;
var math$half$raw = early$;
var math$delete$raw = early$;

export function bind$(runtime) {
  ({ $checked, $copyBack, $drops, $failed, $handle, $lendMut, $reject } = runtime);
  runtime.$register({
    'math.half': [math$half, 'n9 number: f64'],
    'math.delete': [math$delete, 'w8 values: &mut [f32]'],
  }, (exports) => {
    math$half$raw = exports.lend$math$half$HASH;
    math$delete$raw = exports.lend$math$delete$HASH;
  }, 'golden', 'math');
}

function math$half(number) {
  if (!(typeof number === 'number')) $reject('math.half', number);
  return math$half$raw(number);
}

function math$delete(values) {
  let values$ = 0;
  try {
    values$ = $handle(values) || $lendMut(values, 8, 0, 'math.delete', 0);
    try {
      $checked(math$delete$raw(values$));
    } catch (error) {
      throw $failed(error, 2, values$);
    }
  } finally {
    $copyBack(values, values$);
    if ($drops.any) $drops.run();
  }
}

export const math$ = Object.freeze({
  half: math$half,
  delete: math$delete,
});
