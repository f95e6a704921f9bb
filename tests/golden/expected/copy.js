const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };
var $copyOut = early$, $drops = early$, $failed = early$, $give = early$, $handle = early$, $outcome = early$, $takeBack = early$;
var copy$raw = early$;

export function bind$(runtime) {
  ({ $copyOut, $drops, $failed, $give, $handle, $outcome, $takeBack } = runtime);
  runtime.$register({
    'copy': [copy$, 'k0 bytes: Buffer<u8>'],
  }, (exports) => {
    copy$raw = exports.lend$copy$HASH;
  }, 'golden');
}

export var copy$ = function copy(bytes) {
  let bytes$ = 0;
  try {
    bytes$ = $handle(bytes) || $give(bytes, 0, 'copy', 0);
    let result$;
    try {
      result$ = copy$raw(bytes$);
    } catch (error) {
      throw $failed(error, 2, bytes$);
    }
    if ($outcome.failed) throw $outcome.take('copy', 2, bytes$);
    return $copyOut(result$, 0, 'copy');
  } finally {
    $takeBack(bytes, bytes$);
    if ($drops.any) $drops.run();
  }
};
