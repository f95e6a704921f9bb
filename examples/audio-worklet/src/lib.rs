//! A resonant low-pass filter for an `AudioWorkletProcessor`: each call filters 128 samples in the same buffer.

use core::f32::consts::TAU;

use wasm_lend::export;

/// A biquad filter and its state.
#[export]
pub struct LowPass {
    rate: f32,
    coefficients: [f32; 5],
    memory: [f32; 2],
}

#[export]
impl LowPass {
    /// A filter for this number of samples per second. It passes frequencies below `cutoff` Hz.
    pub fn new(rate: f32, cutoff: f32, resonance: f32) -> Self {
        let mut filter = LowPass { rate, coefficients: [0.0; 5], memory: [0.0; 2] };
        filter.tune(cutoff, resonance);
        filter
    }

    /// Changes the frequency and the resonance.
    pub fn tune(&mut self, cutoff: f32, resonance: f32) {
        let angle = TAU * cutoff.clamp(10.0, self.rate * 0.49) / self.rate;
        let (sine, cosine) = angle.sin_cos();
        let alpha = sine / (2.0 * resonance.max(0.1));
        let scale = 1.0 / (1.0 + alpha);
        let side = (1.0 - cosine) / 2.0 * scale;
        self.coefficients = [side, 2.0 * side, side, -2.0 * cosine * scale, (1.0 - alpha) * scale];
    }

    /// Filters the samples in place.
    pub fn process(&mut self, samples: &mut [f32]) {
        let [b0, b1, b2, a1, a2] = self.coefficients;
        let [mut z1, mut z2] = self.memory;
        for sample in samples {
            let input = *sample;
            let output = b0 * input + z1;
            z1 = b1 * input - a1 * output + z2;
            z2 = b2 * input - a2 * output;
            *sample = output;
        }
        self.memory = [z1, z2];
    }
}
