// The page: it shows the picture while the pool renders it, and follows the mouse.

import init, * as pkg from '../../target/packages-threads/mandelbrot/web/mandelbrot.js';

import { pictureOf, START } from './picture.mjs';

const { lend } = pkg;
const element = (/** @type {string} */ id) => document.getElementById(id);
const canvas = element('canvas');
const context = canvas.getContext('2d');
const { width, height } = canvas;

await init();
const pool = lend.workers();
const picture = pictureOf(pkg, width, height);
let view = { ...START };
let isDrawing = false;

/** Frames, and the longest time between two of them while the pool renders. */
const frames = { count: 0, longest: 0, last: 0 };

/** Shows the bytes as they are, once a frame. @param {number} now */
function show(now) {
  if (isDrawing) {
    frames.count += 1;
    if (frames.last !== 0) frames.longest = Math.max(frames.longest, now - frames.last);
    context.putImageData(picture.buffer.toImageData(width), 0, 0);
  }
  frames.last = isDrawing ? now : 0;
  requestAnimationFrame(show);
}
requestAnimationFrame(show);

/** The longest task of this thread while the pool renders, where the browser tells. */
let longestTask = 0;
if (globalThis.PerformanceObserver?.supportedEntryTypes?.includes('longtask')) {
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (longestTask = Math.max(longestTask, duration)))).observe({ type: 'longtask' });
}

async function draw() {
  const start = performance.now();
  isDrawing = true;
  element('stop').disabled = false;
  const steps = await picture.draw(view, (part) => (element('progress').value = part)).catch((error) => void (element('error').textContent = String(error)));
  // Another render has begun.
  if (steps === null) return null;
  isDrawing = false;
  element('stop').disabled = true;
  context.putImageData(picture.buffer.toImageData(width), 0, 0);
  const took = performance.now() - start;
  element('facts').textContent = `${(steps / 1e6).toFixed(0)} million steps in ${took.toFixed(0)} ms by ${pool.running} of ${pool.size} workers; magnified ${(START.width / view.width).toLocaleString('en', { maximumFractionDigits: 0 })} times.`;
  return { steps, took };
}

/** The point of the plane under the mouse. @param {MouseEvent} event */
function pointAt({ clientX, clientY }) {
  const box = canvas.getBoundingClientRect();
  const step = view.width / box.width;
  return { x: view.x + (clientX - box.left - box.width / 2) * step, y: view.y - (clientY - box.top - box.height / 2) * step };
}

/** Magnifies around a point, which stays where it is. @param {{ x: number, y: number }} point @param {number} factor */
function zoom(point, factor) {
  view = { x: point.x + (view.x - point.x) * factor, y: point.y + (view.y - point.y) * factor, width: Math.min(8, Math.max(1e-12, view.width * factor)) };
  return draw();
}

canvas.addEventListener('wheel', (event) => {
  event.preventDefault();
  zoom(pointAt(event), event.deltaY < 0 ? 0.8 : 1.25);
});
canvas.addEventListener('dblclick', (event) => zoom(pointAt(event), 0.25));
canvas.addEventListener('pointerdown', (event) => {
  const grabbed = pointAt(event);
  canvas.setPointerCapture(event.pointerId);
  const move = (/** @type {PointerEvent} */ moved) => {
    const here = pointAt(moved);
    if (here.x === grabbed.x && here.y === grabbed.y) return;
    view = { ...view, x: view.x + grabbed.x - here.x, y: view.y + grabbed.y - here.y };
    draw();
  };
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', () => canvas.removeEventListener('pointermove', move), { once: true });
});
element('in').addEventListener('click', () => zoom(view, 0.5));
element('out').addEventListener('click', () => zoom(view, 2));
element('again').addEventListener('click', () => {
  view = { ...START };
  draw();
});
element('stop').addEventListener('click', async () => {
  await picture.stop();
  isDrawing = false;
  element('stop').disabled = true;
  element('facts').textContent = 'Stopped.';
});

element('memory').textContent = lend.isShared
  ? 'Memory is shared: the workers write into the bytes that this page shows.'
  : 'Memory is not shared, because this page is not cross-origin isolated: the workers send copies.';
element('memory').classList.toggle('shared', lend.isShared);

const first = await draw();
/** @param {Uint8Array} bytes */
const checksum = (bytes) => bytes.reduce((sum, byte) => (Math.imul(sum, 31) + byte) >>> 0, 7);
window.example = { lend, pool, picture, zoom, draw, frames, view: () => view };
window.result = { isShared: lend.isShared, isIsolated: crossOriginIsolated, steps: first.steps, checksum: checksum(picture.buffer.view), frames: frames.count, longestTask };
