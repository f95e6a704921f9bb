// A worker of page.html.

import init, * as pkg from '/pkg/e2e.js';

import { echo } from './echo.mjs';

const { lend } = pkg;
/** @type {any[]} */
const kept = [];

const jobs = {
  echo: () => echo(pkg),
  keep: (token) => void kept.push(lend.receive(token)),
  sum: (array) => pkg.sum(array),
  /** Never returns. */
  spin(token) {
    const buffer = lend.receive(token);
    pkg.set_callback(() => {
      self.postMessage({ id: 'inside' });
      for (;;);
    });
    pkg.exclusive_while(buffer);
  },
};

await lend.serve(init);
self.onmessage = ({ data: { id, job, args } }) => {
  try {
    self.postMessage({ id, result: jobs[job](...args) });
  } catch (error) {
    self.postMessage({ id, error: { code: error.code, message: error.message } });
  }
};
