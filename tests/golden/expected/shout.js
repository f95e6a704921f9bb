const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };
var $dropText = early$, $failed = early$, $reject = early$, $string = early$, $text = early$;
var shout$raw = early$;

export function bind$(runtime) {
  ({ $dropText, $failed, $reject, $string, $text } = runtime);
  runtime.$register({
    'shout': [shout$, 't text: &str'],
  }, (exports) => {
    shout$raw = exports.lend$shout$HASH;
  }, 'golden');
}

export var shout$ = function shout(text) {
  if (!(typeof text === 'string')) $reject('shout', text);
  let text$ = 0;
  let result$;
  try {
    result$ = shout$raw(text$ = $text(text));
  } catch (error) {
    throw $dropText($failed(error, 0), text$);
  }
  return $string(result$, 'shout');
};
