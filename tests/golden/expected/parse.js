import { reject } from '../wasm-lend-HASH/js/reject.js';
import { failed, outcome } from '../wasm-lend-HASH/js/refusal.js';
import { late } from '../wasm-lend-HASH/js/raw.js';
import { text, dropText } from '../wasm-lend-HASH/js/text.js';
var $reject = reject, $failed = failed, $outcome = outcome, $late = late, $text = text, $dropText = dropText;
const parse$$about = () => [parse$, 'parse', 't text: &str'];
var parse$$raw = /* @__PURE__ */ $late('lend$parse$HASH', (raw) => { parse$$raw = raw; }, parse$$about);

export var parse$ = function parse(text) {
  if (!(typeof text === 'string')) $reject(parse$$about, text);
  let text$ = 0;
  let result$$;
  try {
    result$$ = parse$$raw(text$ = $text(text));
  } catch (error) {
    throw $dropText($failed(error, parse$$about, 0), text$);
  }
  if ($outcome.failed) throw $outcome.take(parse$$about, 0);
  return result$$;
};
