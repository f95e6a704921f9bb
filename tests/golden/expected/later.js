import { reject } from '../wasm-lend-HASH/js/reject.js';
import { failed } from '../wasm-lend-HASH/js/refusal.js';
import { late } from '../wasm-lend-HASH/js/raw.js';
import { text, dropText } from '../wasm-lend-HASH/js/text.js';
import { value } from '../wasm-lend-HASH/js/values.js';
var $reject = reject, $failed = failed, $late = late, $text = text, $dropText = dropText, $value = value;
const later$$about = () => [later$, 'later', 't text: String'];
var later$$raw = /* @__PURE__ */ $late('lend$later$HASH', (raw) => { later$$raw = raw; }, later$$about);

export var later$ = async function later(text) {
  if (!(typeof text === 'string')) $reject(later$$about, text);
  let text$ = 0;
  let result$$;
  try {
    result$$ = later$$raw(text$ = $text(text));
  } catch (error) {
    throw $dropText($failed(error, later$$about, 0), text$);
  }
  return $value();
};
