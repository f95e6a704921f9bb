//! One function for each form of argument and result. `tests/js/golden.test.mjs` compares the files that this package
//! is made of with those in `tests/golden/expected`.

use wasm_lend::{Buffer, Callback, Exception, JsObject, Record, export};

/// The sum of two numbers, wrapping around.
///
/// # Arguments
///
/// * `a` - the first number
/// * `b` - the second number
#[export]
pub fn add(a: u32, b: u32) -> u32 {
    a.wrapping_add(b)
}

/// The text in upper case.
#[export]
pub fn shout(text: &str) -> String {
    text.to_uppercase()
}

/// The sum of all samples.
#[export]
pub fn sum(samples: &[f32]) -> f32 {
    samples.iter().sum()
}

/// Multiplies every sample.
#[export]
pub fn scale(samples: &mut [f32], gain: f32) {
    samples.iter_mut().for_each(|sample| *sample *= gain);
}

/// A copy of a buffer that Rust may keep.
#[export]
pub fn copy(bytes: Buffer<u8>) -> Vec<u8> {
    bytes.to_vec()
}

/// The number plus one, if there is a number.
#[export]
pub fn next(number: Option<u32>) -> Option<u32> {
    number.map(|number| number.wrapping_add(1))
}

/// A point that moves.
#[repr(C)]
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable, Record)]
pub struct Particle {
    /// In meters.
    pub x: f32,
    /// In meters per second.
    pub speed: f32,
}

/// Moves every particle.
#[export]
pub fn step(particles: &mut [Particle], seconds: f32) {
    particles.iter_mut().for_each(|particle| particle.x += particle.speed * seconds);
}

/// Calls a function with an object.
#[export]
pub fn visit(object: JsObject, visitor: Callback<'_, (JsObject, u32), bool>) -> Result<bool, Exception> {
    visitor.call((object, 1))
}

/// Samples with a name.
#[export]
pub struct Series {
    samples: Vec<f32>,
}

#[export]
impl Series {
    /// An empty series.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Series { samples: Vec::new() }
    }

    /// A series of zeros.
    pub fn zeros(length: u32) -> Self {
        Series { samples: vec![0.0; length as usize] }
    }

    /// The number of samples.
    #[lend(getter)]
    pub fn length(&self) -> u32 {
        self.samples.len() as u32
    }

    /// Appends samples.
    pub fn push(&mut self, samples: &[f32]) {
        self.samples.extend_from_slice(samples);
    }

    /// The samples, without a copy.
    pub fn samples(&self) -> &[f32] {
        &self.samples
    }
}

/// Reads a number.
///
/// # Errors
///
/// When the text is not a number.
#[export]
pub fn parse(text: &str) -> Result<f64, std::num::ParseFloatError> {
    text.parse()
}

/// The text, later.
#[export]
pub async fn later(text: String) -> String {
    text
}

/// Arithmetic.
#[export(namespace = "math")]
pub mod math {
    /// Half of a number.
    pub fn half(number: f64) -> f64 {
        number / 2.0
    }

    /// Sets every value to zero.
    #[lend(name = "delete")]
    pub fn remove(values: &mut [f32]) {
        values.fill(0.0);
    }
}
