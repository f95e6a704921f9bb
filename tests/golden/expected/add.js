const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };
var $reject = early$;
var add$raw = early$;

export function bind$(runtime) {
  ({ $reject } = runtime);
  runtime.$register({
    'add': [add$, 'n4 a: u32', 'n4 b: u32'],
  }, (exports) => {
    add$raw = exports.lend$add$HASH;
  }, 'golden');
}

export var add$ = function add(a, b) {
  if (!((typeof a === 'number' && (a >>> 0) === a) && (typeof b === 'number' && (b >>> 0) === b))) $reject('add', a, b);
  return add$raw(a, b) >>> 0;
};
