// The lines of the tutorial. The caller passes `wrflib` and `document`.

export async function tutorial(wrflib, document) {
  const values = await wrflib.createReadOnlyBuffer(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
  const sum = (await wrflib.callRust('sum', [values]))[0][0];
  const product = (await wrflib.callRust('product', [values]))[0][0];
  document.getElementById('root').textContent = "sum: " + sum + " product: " + product;
}
