// Runs the filter in an AudioWorklet: offline, to compare it with the same filter in JavaScript, and live.

const module = await WebAssembly.compileStreaming(fetch('/target/packages/audio-worklet/web/audio_worklet_bg.wasm'));
const CUTOFF = 800;
const RESONANCE = 6;

/** @param {BaseAudioContext} context @returns {Promise<AudioWorkletNode>} */
async function filterIn(context) {
  await context.audioWorklet.addModule('/examples/audio-worklet/processor.js');
  const node = new AudioWorkletNode(context, 'low-pass', { processorOptions: { module }, channelCount: 1, channelCountMode: 'explicit' });
  node.onprocessorerror = () => show('the processor has thrown');
  node.parameters.get('cutoff').value = CUTOFF;
  node.parameters.get('resonance').value = RESONANCE;
  return node;
}

/** A saw tooth signal. @param {BaseAudioContext} context */
function source(context) {
  const oscillator = new OscillatorNode(context, { type: 'sawtooth', frequency: 110 });
  oscillator.start();
  return oscillator;
}

/** The same filter in JavaScript. @param {Float32Array} samples @param {number} rate */
function inJavaScript(samples, rate) {
  const angle = (2 * Math.PI * CUTOFF) / rate;
  const alpha = Math.sin(angle) / (2 * RESONANCE);
  const scale = 1 / (1 + alpha);
  const side = ((1 - Math.cos(angle)) / 2) * scale;
  const [b0, b1, b2, a1, a2] = [side, 2 * side, side, -2 * Math.cos(angle) * scale, (1 - alpha) * scale];
  let [z1, z2] = [0, 0];
  return samples.map((input) => {
    const output = b0 * input + z1;
    z1 = b1 * input - a1 * output + z2;
    z2 = b2 * input - a2 * output;
    return output;
  });
}

/** Renders one second, filtered or not. @param {boolean} isFiltered */
async function rendered(isFiltered) {
  const context = new OfflineAudioContext(1, 344 * 128, 44100);
  const last = isFiltered ? source(context).connect(await filterIn(context)) : source(context);
  last.connect(context.destination);
  return (await context.startRendering()).getChannelData(0);
}

/** @param {Float32Array} samples @param {string} id */
function draw(samples, id) {
  const canvas = document.getElementById(id);
  const context = canvas.getContext('2d');
  context.strokeStyle = '#1a4f8b';
  context.lineWidth = 2;
  context.beginPath();
  samples.slice(2000, 2000 + canvas.width * 2).forEach((sample, i) => context.lineTo(i / 2, (canvas.height / 2) * (1 - sample / 3)));
  context.stroke();
}

/** @param {string} text */
const show = (text) => { document.getElementById('facts').textContent = text; };

async function compare() {
  const [plain, filtered] = [await rendered(false), await rendered(true)];
  const expected = inJavaScript(plain, 44100);
  const difference = Math.max(...filtered.map((sample, i) => Math.abs(sample - expected[i])));
  draw(plain, 'plain');
  draw(filtered, 'filtered');
  show(`${filtered.length / 128} quanta of 128 samples; at most ${difference.toExponential(1)} from the same filter in JavaScript.`);
  return { samples: filtered.length, difference, loudest: Math.max(...filtered) };
}

document.getElementById('play').addEventListener('click', async () => {
  const context = new AudioContext();
  const filter = await filterIn(context);
  source(context).connect(filter).connect(new GainNode(context, { gain: 0.1 })).connect(context.destination);
  document.getElementById('cutoff').addEventListener('input', ({ target }) => { filter.parameters.get('cutoff').value = target.value; });
});

window.result = await compare().catch((error) => String(error.stack ?? error));
