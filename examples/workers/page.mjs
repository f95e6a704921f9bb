// The page: two workers filter its picture, and it shows the picture meanwhile.

import init, * as pkg from '../../target/packages-threads/workers/web/workers.js';

import { counted, crewOf, filtered } from './crew.mjs';

const { lend } = pkg;
const element = (/** @type {string} */ id) => document.getElementById(id);
const canvas = element('canvas');
const { width, height } = canvas;
const context = canvas.getContext('2d');
const buttons = [...document.querySelectorAll('button')];

await init();
const workers = [1, 2].map(() => new Worker(new URL('./worker.mjs', import.meta.url), { type: 'module' }));
const crew = await crewOf(lend, workers);
const copiedBefore = lend.stats().copiedBytes;

/** @param {any} buffer */
const show = (buffer) => context.putImageData(buffer.toImageData(width), 0, 0);

/** Shows a picture once a frame, until the function that this returns is called. @param {any} buffer */
function showing(buffer) {
  let frame = 0;
  const next = () => {
    show(buffer);
    frame = requestAnimationFrame(next);
  };
  next();
  return () => cancelAnimationFrame(frame);
}

let picture = pkg.picture(width, height).freeze();

/** @param {string} filter The name of a function, or none for the first picture. */
async function run(filter) {
  const start = performance.now();
  let next;
  if (filter === '') next = pkg.picture(width, height).freeze();
  else {
    let stop = () => {};
    next = await filtered(lend, crew, filter, picture, width, (whole) => (stop = showing(whole)));
    stop();
  }
  const took = performance.now() - start;
  picture.free();
  picture = next;
  show(picture);
  const counts = await counted(lend, crew, picture, width);
  draw(counts);
  const copied = crew.map(({ copiedBytes }) => copiedBytes);
  element('facts').textContent = `${picture.length.toLocaleString('en')} bytes at address ${pkg.address_of(picture).toLocaleString('en')}` +
    `${filter && `, ${filter} in ${took.toFixed(0)} ms`}. Copied in the workers: ${copied.map((bytes) => bytes.toLocaleString('en')).join(' and ')} bytes.`;
  return { checksum: pkg.checksum(picture), pixels: counts.reduce((sum, count) => sum + count, 0), mostFrequent: counts.indexOf(Math.max(...counts)), copied };
}

/** @param {Uint32Array} counts */
function draw(counts) {
  const chart = element('histogram');
  const pen = chart.getContext('2d');
  const most = Math.sqrt(Math.max(...counts));
  pen.clearRect(0, 0, chart.width, chart.height);
  pen.fillStyle = '#47a';
  counts.forEach((count, i) => {
    const tall = (Math.sqrt(count) / most) * chart.height;
    pen.fillRect((i * chart.width) / 256, chart.height - tall, chart.width / 256 - 1, tall);
  });
}

/** Runs one after the other. */
let queue = Promise.resolve();
const queued = (/** @type {string} */ filter) => {
  for (const button of buttons) button.disabled = true;
  const result = queue.then(() => run(filter));
  queue = result.catch((error) => void (element('error').textContent = String(error))).finally(() => buttons.forEach((button) => (button.disabled = false)));
  return result;
};

element('memory').textContent = lend.isShared
  ? 'Memory is shared: both workers and the page use the same bytes.'
  : 'Memory is not shared, because this page is not cross-origin isolated: the workers get copies.';
element('memory').classList.toggle('shared', lend.isShared);
for (const button of buttons) button.addEventListener('click', () => queued(button.value));

/** Rust of this thread puts the picture onto a shelf, and Rust of a worker takes it. */
async function handOver() {
  pkg.put(picture);
  const found = await crew[0].ask('take');
  if (found === undefined) {
    // The worker has a shelf of its own.
    pkg.take().free();
    return 'nothing';
  }
  return found.address === pkg.address_of(picture) ? 'the same bytes' : 'other bytes';
}

const results = { isShared: lend.isShared, isIsolated: crossOriginIsolated, first: await queued(''), ripple: await queued('ripple'), blur: await queued('blur') };
window.example = { lend, crew, workers, queued };
window.result = { ...results, shelf: await handOver(), copiedHere: lend.stats().copiedBytes - copiedBefore };
