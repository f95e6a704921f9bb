const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };
var $reject = early$;
var next$raw = early$;

export function bind$(runtime) {
  ({ $reject } = runtime);
  runtime.$register({
    'next': [next$, '?n4 number: Option<u32>'],
  }, (exports) => {
    next$raw = exports.lend$next$HASH;
  }, 'golden');
}

export var next$ = function next(number) {
  if (!(number == null || typeof number === 'number' && (number >>> 0) === number)) $reject('next', number);
  const result$ = next$raw(number == null ? 0x100000001 : number);
  return result$ === 0x100000001 ? undefined : result$;
};
