import { reject } from '../wasm-lend-HASH/js/reject.js';
import { late } from '../wasm-lend-HASH/js/raw.js';
var $reject = reject, $late = late;
const next$$about = () => [next$, 'next', '?n4 number: Option<u32>'];
var next$$raw = /* @__PURE__ */ $late('lend$next$HASH', (raw) => { next$$raw = raw; });

export var next$ = function next(number) {
  if (!(number == null || typeof number === 'number' && (number >>> 0) === number)) $reject(next$$about, number);
  const result$$ = next$$raw(number == null ? 0x100000001 : number);
  return result$$ === 0x100000001 ? undefined : result$$;
};
