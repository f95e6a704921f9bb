// A worker with the package of wasm-bindgen-rayon. Its own threads start when it is told their number.

import init, * as peer from '/peer/bench_parallel_peer.js';

onmessage = async ({ data: { threads, call, values } }) => {
  if (threads !== undefined) {
    await init();
    await peer.initThreadPool(threads);
    return postMessage('ready');
  }
  peer[call](...values);
  postMessage(values, values.filter((value) => ArrayBuffer.isView(value)).map((value) => value.buffer));
};
