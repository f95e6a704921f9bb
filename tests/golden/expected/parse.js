const early$ = () => { throw new Error('wasm-lend: this package is not initialised yet: await init() first'); };
var $dropText = early$, $failed = early$, $outcome = early$, $reject = early$, $text = early$;
var parse$raw = early$;

export function bind$(runtime) {
  ({ $dropText, $failed, $outcome, $reject, $text } = runtime);
  runtime.$register({
    'parse': [parse$, 't text: &str'],
  }, (exports) => {
    parse$raw = exports.lend$parse$HASH;
  }, 'golden');
}

export var parse$ = function parse(text) {
  if (!(typeof text === 'string')) $reject('parse', text);
  let text$ = 0;
  let result$;
  try {
    result$ = parse$raw(text$ = $text(text));
  } catch (error) {
    throw $dropText($failed(error, 0), text$);
  }
  if ($outcome.failed) throw $outcome.take('parse', 0);
  return result$;
};
