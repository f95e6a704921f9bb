// What a worker does for `crew.mjs`, in a browser and in Node. Each message names a job, and is answered.

/** @param {any} pkg The package. */
const jobs = ({ lend, ...pkg }) => ({
  /** Writes some rows of a picture that is made of another one. */
  filter({ filter, source, rows, width, first }) {
    const [read, written] = [lend.receive(source), lend.receive(rows)];
    pkg[filter](read, written, width, first);
    read.free();
    return { rows: lend.share(written) };
  },
  /** Reads some rows. */
  histogram({ rows }) {
    const read = lend.receive(rows);
    const counts = pkg.histogram(read);
    read.free();
    return { counts: lend.share(counts) };
  },
  /** Takes a buffer that Rust of another thread has put onto the shelf. */
  take() {
    const buffer = pkg.take();
    if (buffer === undefined) return undefined;
    const found = { address: pkg.address_of(buffer), checksum: pkg.checksum(buffer) };
    buffer.free();
    return found;
  },
});

/**
 * Answers messages.
 * @param {any} pkg The package.
 * @param {{ onMessage(listener: (message: any) => void): void, post(message: any): void }} port
 */
export function work(pkg, { onMessage, post }) {
  const all = jobs(pkg);
  onMessage(({ id, job, args }) => {
    try {
      const result = all[job](args);
      post({ id, result, copiedBytes: pkg.lend.stats().copiedBytes });
    } catch (error) {
      post({ id, error });
    }
  });
}
