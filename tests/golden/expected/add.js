import { reject } from '../wasm-lend-HASH/js/reject.js';
import { late } from '../wasm-lend-HASH/js/raw.js';
var $reject = reject, $late = late;
const add$$about = () => [add$, 'add', 'n4 a: u32', 'n4 b: u32'];
var add$$raw = /* @__PURE__ */ $late('lend$add$HASH', (raw) => { add$$raw = raw; });

export var add$ = function add(a, b) {
  if (!((typeof a === 'number' && (a >>> 0) === a) && (typeof b === 'number' && (b >>> 0) === b))) $reject(add$$about, a, b);
  return add$$raw(a, b) >>> 0;
};
