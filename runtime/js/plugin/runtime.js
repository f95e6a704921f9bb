// @ts-check
// The runtime that the shims of plugins get. A package's own shims import what they use, and a plugin's text cannot import anything.

import { register } from '../byName.js';
import { addAccessors, early, extendClass, noInstance, takenInstance, takingInstance } from '../classes.js';
import { apart, copyBack, copyForWriting } from '../exclusive.js';
import { handle, same, taken, taking } from '../handles.js';
import { dropObjects, ownEarly, ownNow, settle, slab, stack, takeObject } from '../objects.js';
import { give, takeBack } from '../owned.js';
import { giveVector } from '../vectors.js';
import { drops } from '../pendingDrops.js';
import { passReference, readHandle } from '../references.js';
import { checked, checkedFloat, checkedWide, checkedWord, notRead, outcome } from '../refusal.js';
import { reject } from '../reject.js';
import { elementsOf } from '../rest.js';
import { copyOut, mutable, readOnly } from '../results.js';
import { absent, isChar, wide } from '../scalars.js';
import { remember } from '../signatures.js';
import { copyToScratch } from '../slices.js';
import { copySmall } from '../smallCopies.js';
import { dropText, string, text, textAfter } from '../text.js';
import { objects, value } from '../values.js';

/** What is the same for all plugins, under the names of `macros/src/expand/components.rs`. */
const COMMON = {
  $absent: absent,
  $accessors: addAccessors,
  $apart: apart,
  $checked: checked,
  $checkedFloat: checkedFloat,
  $checkedWide: checkedWide,
  $checkedWord: checkedWord,
  $copyBack: copyBack,
  $copyOut: copyOut,
  $dropObjects: dropObjects,
  $drops: drops,
  $dropText: dropText,
  $early: early,
  $extendClass: extendClass,
  $give: give,
  $giveVector: giveVector,
  $handle: handle,
  $isChar: isChar,
  $small: copySmall,
  $lend: copyToScratch,
  $lendMut: copyForWriting,
  $mutable: mutable,
  $noInstance: noInstance,
  $object: takeObject,
  $objects: objects,
  $outcome: outcome,
  $own: ownNow,
  $ownEarly: ownEarly,
  $readHandle: readHandle,
  $readOnly: readOnly,
  $reference: passReference,
  $register(/** @type {Record<string, [Function, import('../signatures.js').About]>} */ more) {
    register(more);
    for (const [, about] of Object.values(more)) remember(about);
  },
  $reject: reject,
  $restOf: elementsOf,
  $same: same,
  $settle: settle,
  $slab: slab,
  $stack: stack,
  $string: string,
  $takeBack: takeBack,
  $taken: taken,
  $takenInstance: takenInstance,
  $taking: taking,
  $takingInstance: takingInstance,
  $text: text,
  $textAfter: textAfter,
  $unread: notRead,
  $value: value,
  $wide: wide,
};

/** Has the plugin's own part of the runtime. */
const OWN = ['$defineClass', '$extendEnum', '$failed', '$shareEnum'];

/** @param {string} name @returns {boolean} True if plugins may use the name. */
export const hasName = (name) => Object.hasOwn(COMMON, name) || OWN.includes(name);

/** @param {object} own What is different for each plugin. @returns {any} */
export const runtimeOf = (own) => ({ ...COMMON, ...own });
