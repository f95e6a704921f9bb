// A decoder that continues after a panic: it starts the package once more, and the new instance replaces the old one. It only needs the
// compiled module and another URL of the package, so that it works in pages and in Node.

/**
 * @param {string} url The URL of the package.
 * @param {WebAssembly.Module} module
 * @param {(message: string) => void} log
 */
export async function decoder(url, module, log) {
  let starts = 0;
  let isOver = true;
  let pkg;

  async function start() {
    starts += 1;
    pkg = await import(`${url}?start=${starts}`);
    pkg.initSync({ module });
    isOver = false;
    pkg.lend.onPanic((error) => {
      isOver = true;
      log(`  ${error.message}`);
    });
  }

  await start();
  return {
    encode: (/** @type {Uint8Array} */ bytes) => pkg.encode(bytes),
    /** @param {Uint8Array} file @returns {Promise<Uint8Array | null>} The decoded bytes, or null for a damaged file. */
    async decode(file) {
      try {
        const decoded = pkg.decode(file);
        const bytes = decoded.view.slice();
        decoded.free();
        return bytes;
      } catch (error) {
        if (error.code !== 'ERR_LEND_PANIC') throw error;
        // The listener runs in a microtask after the call.
        await null;
        if (isOver) await start();
        return null;
      }
    },
    get starts() {
      return starts;
    },
    get buffers() {
      return pkg.lend.stats().buffers;
    },
  };
}

/** Decodes files. Some of them are damaged. @param {Awaited<ReturnType<typeof decoder>>} codec @param {(message: string) => void} log */
export async function session(codec, log) {
  const text = new TextEncoder().encode('aaaaaaaaaabbbbbbccd');
  const good = codec.encode(text);
  const short = good.slice(0, 3);
  const wrong = Uint8Array.from(good, (byte, i) => (i === 4 ? byte + 1 : byte));
  const decoded = [];
  for (const [name, file] of Object.entries({ good, short, 'good again': good, wrong, 'good at last': good })) {
    const bytes = await codec.decode(file);
    const result = bytes === null ? 'damaged' : new TextDecoder().decode(bytes);
    log(`${name}: ${result}`);
    decoded.push(result);
  }
  log(`started ${codec.starts} times, ${codec.buffers} buffers alive`);
  return { decoded, starts: codec.starts, buffers: codec.buffers };
}
