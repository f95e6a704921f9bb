// Runs on the audio thread. There is no TextDecoder, no `crypto` and no `queueMicrotask` here. The package does not need them.

import { initSync, lend, LowPass } from '../../target/packages/audio-worklet/web/audio_worklet.js';

class LowPassProcessor extends AudioWorkletProcessor {
  static parameterDescriptors = [
    { name: 'cutoff', defaultValue: 1000, minValue: 10, maxValue: 20000, automationRate: 'k-rate' },
    { name: 'resonance', defaultValue: 4, minValue: 0.1, maxValue: 30, automationRate: 'k-rate' },
  ];

  constructor(options) {
    super();
    // The page has compiled the module, because the audio thread cannot fetch it.
    initSync({ module: options.processorOptions.module });
    this.filter = new LowPass(sampleRate, 1000, 4);
    // One buffer for all quanta: samples are copied into it, filtered in place, and copied out.
    this.buffer = lend.alloc(Float32Array, 128);
  }

  process([[input]], [[output]], { cutoff, resonance }) {
    if (input === undefined) return true;
    this.filter.tune(cutoff[0], resonance[0]);
    this.buffer.view.set(input);
    this.filter.process(this.buffer);
    output.set(this.buffer.view);
    return true;
  }
}

registerProcessor('low-pass', LowPassProcessor);
