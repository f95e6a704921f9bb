// A worker of index.html.

import init, * as pkg from '../../target/packages-threads/workers/web/workers.js';

import { work } from './jobs.mjs';

// Without an `await` before it: the message of `lend.join` may come at any time.
await pkg.lend.serve(init);
work(pkg, { onMessage: (listener) => void (self.onmessage = ({ data }) => listener(data)), post: (message) => self.postMessage(message) });
