import { reject } from '../wasm-lend-HASH/js/reject.js';
import { failed } from '../wasm-lend-HASH/js/refusal.js';
import { late } from '../wasm-lend-HASH/js/raw.js';
import { text, dropText, string } from '../wasm-lend-HASH/js/text.js';
var $reject = reject, $failed = failed, $late = late, $text = text, $dropText = dropText, $string = string;
const shout$$about = () => [shout$, 'shout', 't text: &str'];
var shout$$raw = /* @__PURE__ */ $late('lend$shout$HASH', (raw) => { shout$$raw = raw; }, shout$$about);

export var shout$ = function shout(text) {
  if (!(typeof text === 'string')) $reject(shout$$about, text);
  let text$ = 0;
  let result$$;
  try {
    result$$ = shout$$raw(text$ = $text(text));
  } catch (error) {
    throw $dropText($failed(error, shout$$about, 0), text$);
  }
  return $string(result$$, shout$$about);
};
