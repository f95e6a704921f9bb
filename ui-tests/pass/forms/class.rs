use wasm_lend::{Buffer, export};

/// A series of samples.
#[export]
#[derive(Clone)]
pub struct Series {
    /// Samples per second.
    pub rate: u32,
    #[lend(readonly)]
    pub name: String,
    samples: Vec<f32>,
}

#[export]
impl Series {
    /// A new one.
    pub fn new(name: String) -> Result<Self, String> {
        Ok(Series { rate: 0, name, samples: vec![] })
    }

    pub fn zeros(length: u32) -> Self {
        Series { rate: 0, name: String::new(), samples: vec![0.0; length as usize] }
    }

    #[lend(getter)]
    pub fn length(&self) -> u32 {
        self.samples.len() as u32
    }

    #[lend(setter)]
    pub fn gain(&mut self, gain: f32) {
        self.samples.iter_mut().for_each(|sample| *sample *= gain);
    }

    pub fn samples(&self) -> &[f32] {
        &self.samples
    }

    pub fn title(&self) -> &str {
        &self.name
    }

    pub fn push(&mut self, sample: f32) -> u32 {
        self.samples.push(sample);
        self.length()
    }

    pub fn into_samples(self, beside: &[u8]) -> Buffer<f32> {
        let _ = beside;
        self.samples.into()
    }

    pub async fn later(&self, text: String) -> Self {
        Series { name: text, ..self.clone() }
    }
}

fn main() {}
