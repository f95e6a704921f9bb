// A picture that the pool renders, strip by strip. One render at a time: a new one aborts the one before.

/** What is seen at first. */
export const START = { x: -0.6, y: 0, width: 3.4 };

/** @param {any} pkg @param {number} width In pixels. @param {number} height */
export function pictureOf({ lend, render }, width, height, strips = 24) {
  const buffer = lend.alloc(Uint8Array, width * height * 4);
  const rows = Math.ceil(height / strips);
  const parts = Array.from({ length: Math.ceil(height / rows) }, (_, i) => ({ row: i * rows, pixels: buffer.subarray(i * rows * width * 4, Math.min((i + 1) * rows, height) * width * 4) }));
  let controller = new AbortController();
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();

  return {
    buffer,

    /**
     * Renders the part of the plane around a point.
     * @param {{ x: number, y: number, width: number }} view @param {(part: number) => void} [onProgress]
     * @returns {Promise<number | null>} The number of steps, or null if another render has begun meanwhile.
     */
    async draw(view, onProgress = () => {}) {
      controller.abort();
      controller = new AbortController();
      const { signal } = controller;
      // The strips are borrowed until the calls have settled.
      await last;
      if (signal.aborted) return null;
      const step = view.width / width;
      const [left, top] = [view.x - view.width / 2, view.y + (step * height) / 2];
      const done = new Uint32Array(parts.length);
      const calls = parts.map(({ row, pixels }, i) => {
        const heard = (/** @type {number} */ rows) => {
          done[i] = rows;
          onProgress(done.reduce((sum, each) => sum + each, 0) / height);
        };
        return render(pixels, width, row, left, top, step, { signal, onProgress: heard });
      });
      const ends = Promise.allSettled(calls);
      last = ends;
      let steps = 0;
      for (const end of await ends) {
        if (end.status === 'fulfilled') steps += end.value;
        else if (!signal.aborted) throw end.reason;
      }
      return signal.aborted ? null : steps;
    },

    /** Aborts the render. Resolves when nothing is borrowed any more. */
    stop() {
      controller.abort();
      return last;
    },

    /** When nothing is drawn any more. */
    free() {
      for (const { pixels } of parts) pixels.free();
      buffer.free();
    },
  };
}
