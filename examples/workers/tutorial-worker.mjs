// The worker of tutorial.html.

import init, { lend as wrflib } from '../../target/packages-threads/workers/web/workers.js';

// In place of `self.onmessage`, which got a port, and of `wrflib.initializeWorker(port)`.
wrflib.serve(init).then(() => {
  self.onmessage = async function(e) {
    const values = wrflib.deserializeWrfArrayFromPostMessage(e.data);
    const product = (await wrflib.callRust('product', [values]))[0][0];
    self.postMessage(product);
  };
});
