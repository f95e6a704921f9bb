// Whole jobs: many calls with real work in them.

import { both, call } from './call.mjs';

const WIDTH = 1024;
const LINKS = 100_000;

/** The parts in which a page arrives, as from a stream. @param {Uint8Array} page @param {number} size */
function parts(page, size) {
  const all = [];
  // A part ends with a line, because the rewriter does not keep an unfinished link for the next part.
  for (let start = 0, end; start < page.length; start = end) {
    end = start + size >= page.length ? page.length : page.lastIndexOf(10, start + size) + 1;
    all.push(page.subarray(start, end));
  }
  return all;
}

/** @param {string} target @returns {string | undefined} A tenth of the targets become others. */
const other = (target) => (target.charCodeAt(6) === 49 ? `https://example.org${target}` : undefined);

/** Asks each element for a number, and a tenth of them for the target. @param {any} element */
function change(element) {
  if (element.length() === 10) {
    const target = element.target();
    element.set_target(`https://example.org${target}`);
  }
  element.free();
}

/** @param {any} Rewriter @param {(rewriter: any, part: Uint8Array) => number} write */
const rewriting = (Rewriter, write) => (/** @type {Uint8Array[]} */ page) => {
  const rewriter = Rewriter.start();
  let links = 0;
  for (const part of page) links += write(rewriter, part);
  const sum = rewriter.checksum() + links;
  rewriter.free();
  return sum;
};

/**
 * Rewrites a page with handlers for elements and texts, and a sink. The handlers of wasm-bindgen free what they get; that of wasm-lend is lent.
 * @param {(html: Uint8Array, tag: (tag: any) => void, chunk: (chunk: any) => void, sink: (bytes: any) => void) => number} write
 * @param {(lent: any) => void} done @param {(bytes: any) => number} lengthOf
 */
const handling = (write, done, lengthOf) => (/** @type {Uint8Array[]} */ page) => {
  let written = 0;
  let changed = 0;
  const tag = (/** @type {any} */ tag) => {
    const target = tag.get('href');
    if (target !== undefined && target.charCodeAt(6) === 49) {
      tag.set('href', `https://example.org${target}`);
      changed += 1;
    }
    done(tag);
  };
  const chunk = (/** @type {any} */ chunk) => {
    if (chunk.text() === 'item' && (changed & 7) === 0) chunk.replace('thing');
    done(chunk);
  };
  for (const part of page) changed += write(part, tag, chunk, (bytes) => void (written += lengthOf(bytes)));
  return written + changed;
};

/** @type {import('./call.mjs').Topic} */
export const jobs = {
  name: 'jobs',
  title: 'Whole jobs',
  calls({ pkg }) {
    const page = parts(pkg.page_of_links(LINKS), 65536);
    const rewriters = (peer, Rewriter) => [
      call(`${peer} rewriter, ${LINKS} callbacks with a string`, rewriting(Rewriter, (rewriter, part) => rewriter.write_values(part, other)), page),
      call(`${peer} rewriter, ${LINKS} callbacks with an instance`, rewriting(Rewriter, (rewriter, part) => rewriter.write_elements(part, change)), page),
    ];
    return [
      call('wasm-bindgen image pipeline', (width) => {
        const picture = pkg.bindgen_decode(width, width);
        pkg.bindgen_levels(picture, 16, 240);
        const small = pkg.bindgen_halve(pkg.bindgen_blur(picture, width), width);
        pkg.bindgen_levels(small, 0, 200);
        return pkg.bindgen_checksum(small);
      }, WIDTH),
      call('wasm-lend image pipeline', (width) => {
        const picture = pkg.lend_decode(width, width);
        pkg.lend_levels(picture, 16, 240);
        const blurred = pkg.lend_blur(picture, width);
        const small = pkg.lend_halve(blurred, width);
        pkg.lend_levels(small, 0, 200);
        const sum = pkg.lend_checksum(small);
        picture.free();
        blurred.free();
        small.free();
        return sum;
      }, WIDTH),
      call('wasm-bindgen rewriter, handlers and a sink', handling(pkg.bindgen_page, (lent) => lent.free(), (bytes) => bytes.length), page),
      call('wasm-lend rewriter, handlers and a sink', handling(pkg.lend_page, () => {}, (buffer) => buffer.length), page),
      ...rewriters('wasm-bindgen', pkg.BindgenRewriter),
      ...rewriters('wasm-lend', pkg.LendRewriter),
    ];
  },
  ratios: [
    both('image pipeline', 1),
    both(`rewriter, ${LINKS} callbacks with a string`),
    both(`rewriter, ${LINKS} callbacks with an instance`),
    both('rewriter, handlers and a sink', 1),
  ],
};
