const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };
var $dropText = early$, $failed = early$, $reject = early$, $text = early$, $value = early$;
var later$raw = early$;

export function bind$(runtime) {
  ({ $dropText, $failed, $reject, $text, $value } = runtime);
  runtime.$register({
    'later': [later$, 't text: String'],
  }, (exports) => {
    later$raw = exports.lend$later$HASH;
  }, 'golden');
}

export var later$ = async function later(text) {
  if (!(typeof text === 'string')) $reject('later', text);
  let text$ = 0;
  let result$;
  try {
    result$ = later$raw(text$ = $text(text));
  } catch (error) {
    throw $dropText($failed(error, 0), text$);
  }
  return $value();
};
