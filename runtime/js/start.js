// @ts-check
// The start of an instance.

import { codecs } from './host.js';
import { setInstance, whenReplaced } from './memory.js';
import { checkNames } from './names.js';
import { resetPoison } from './poison.js';

/**
 * Called from wasm at its start, more than once.
 * @param {object} exports
 * @param {(exports: any) => any} [wrap] In builds that unwind: see unwind.js.
 */
export function attach(exports, wrap) {
  // First: an instance that is refused must not run.
  checkNames(exports);
  if (setInstance(exports, wrap)) {
    whenReplaced(resetPoison);
    codecs.restore();
  }
}
