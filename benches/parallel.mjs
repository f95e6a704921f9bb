// node parallel.mjs OURS PEER BROWSER EXECUTABLE
// Work for all cores beside wasm-bindgen-rayon, in a page, and the longest task of the main thread while workers work.

import { openPage } from '../tests/js/browser.mjs';

const [ours, peer, browser, executable] = process.argv.slice(2);

const opened = await openPage({ browser, executable, folders: { '/pkg/': ours, '/peer/': peer }, timeout: 300_000 });
try {
  const rows = await opened.result('/benches/parallel.html');
  console.log(`\nIn ${browser} ${opened.version}, on two threads: time on the pool / with wasm-bindgen-rayon in a worker`);
  for (const [name, { ratios, milliseconds }] of Object.entries(rows)) {
    const [low, median, high] = [0, ratios.length >> 1, ratios.length - 1].map((at) => ratios.toSorted((a, b) => a - b)[at].toFixed(2));
    const verdict = Number(median) <= 1 ? '' : ', and at most 1.00 is wanted';
    console.log(`  ${name.padEnd(24)} ${median} (${low} to ${high})${verdict}; ${milliseconds.toFixed(1)} ms`);
  }
  if (browser === 'chromium') await longestTask();
} finally {
  await opened.close();
}

async function longestTask() {
  const { page } = opened;
  await page.evaluate('blurAlone()');
  await page.tracing.start({ categories: ['toplevel', 'disabled-by-default-devtools.timeline', 'devtools.timeline'] });
  const calls = await page.evaluate('blurAlone()');
  const { traceEvents: events } = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
  const renderers = events.filter((event) => event.name === 'thread_name' && event.args.name === 'CrRendererMain');
  const isMain = ({ pid, tid }) => renderers.some((main) => main.pid === pid && main.tid === tid);
  const tasks = events.filter((event) => /RunTask$/.test(event.name) && event.ph === 'X' && isMain(event));
  if (tasks.length < calls) throw new Error(`only ${tasks.length} tasks in the trace of ${calls} calls`);
  // On two cores the workers take the core of the main thread meanwhile. `tdur` is the time that it has had itself.
  const most = (/** @type {string} */ part) => Math.max(...tasks.map((task) => task[part] ?? 0)) / 1000;
  const took = most('tdur');
  const verdict = took < 4 ? '' : ', and less than 4 ms is wanted';
  console.log(`  longest of ${tasks.length} tasks of the main thread while two workers blur: ${took.toFixed(2)} ms${verdict}; ${most('dur').toFixed(2)} ms with the time in which others had its core`);
}
