// Workers that share a picture with the main thread. The same code runs in a page and in Node, with shared memory and without it.

/** @typedef {{ ask(job: string, args?: object): Promise<any>, copiedBytes: number, thread: any }} Member */

/** @param {any} lend @param {any} worker @returns {Promise<Member>} */
async function joined(lend, worker) {
  const thread = await lend.join(worker);
  /** @type {Map<number, (answer: any) => void>} */
  const asked = new Map();
  let last = 0;
  const member = {
    thread,
    /** What the worker has copied between JavaScript and Rust. */
    copiedBytes: 0,
    async ask(job, args) {
      last += 1;
      const answer = new Promise((resolve) => asked.set(last, resolve));
      worker.postMessage({ id: last, job, args });
      const { result, error, copiedBytes } = await answer;
      if (error !== undefined) throw error;
      member.copiedBytes = copiedBytes;
      return result;
    },
  };
  const hear = (answer) => {
    asked.get(answer.id)?.(answer);
    asked.delete(answer.id);
  };
  // Workers of Node are event emitters.
  if (typeof worker.on === 'function') worker.on('message', hear);
  else worker.onmessage = ({ data }) => hear(data);
  return member;
}

/** @param {any} lend @param {any[]} workers */
export const crewOf = (lend, workers) => Promise.all(workers.map((worker) => joined(lend, worker)));

/**
 * A new picture, of which each member makes a part. All of them read the whole source.
 * @param {any} lend @param {Member[]} crew @param {string} filter @param {any} source A read-only buffer. @param {number} width
 * @param {(picture: any) => void} [onStart] Gets the picture while it is written.
 * @returns {Promise<any>} A read-only buffer.
 */
export async function filtered(lend, crew, filter, source, width, onStart) {
  const picture = lend.alloc(Uint8Array, source.length);
  const parts = partsOf(source, width, crew.length);
  const jobs = crew.map(({ ask }, i) => {
    const { begin, end, first } = parts[i];
    // A mutable buffer moves with its token. A read-only one is here, too, afterwards.
    return ask('filter', { filter, source: lend.share(source), rows: lend.share(picture.subarray(begin, end)), width, first });
  });
  onStart?.(picture);
  for (const [i, { rows }] of (await Promise.all(jobs)).entries()) {
    const written = lend.receive(rows);
    // Without shared memory the rows come back as a copy.
    if (!lend.isShared) picture.view.set(written.view, parts[i].begin);
    written.free();
  }
  return picture.freeze();
}

/** How often each brightness occurs. Each member counts in a part. @param {any} lend @param {Member[]} crew @param {any} picture @param {number} width */
export async function counted(lend, crew, picture, width) {
  const parts = partsOf(picture, width, crew.length);
  const answers = await Promise.all(crew.map(({ ask }, i) => {
    const part = picture.subarray(parts[i].begin, parts[i].end);
    const token = lend.share(part);
    part.free();
    return ask('histogram', { rows: token });
  }));
  const sum = new Uint32Array(256);
  for (const { counts } of answers) {
    const buffer = lend.receive(counts);
    buffer.view.forEach((count, i) => (sum[i] += count));
    buffer.free();
  }
  return sum;
}

/** Rows for each of `count` members, in bytes, and the number of the first row. @param {any} picture @param {number} width @param {number} count */
function partsOf(picture, width, count) {
  const height = picture.length / 4 / width;
  const rows = Array.from({ length: count + 1 }, (_, i) => Math.floor((height * i) / count));
  return rows.slice(1).map((end, i) => ({ begin: rows[i] * width * 4, end: end * width * 4, first: rows[i] }));
}
