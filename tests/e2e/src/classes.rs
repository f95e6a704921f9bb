//! Classes.

use std::cell::Cell;

use wasm_bindgen::prelude::*;
use wasm_lend::{Buffer, Callback, Exception, JsObject, export};

thread_local!(static DROPPED: Cell<u32> = const { Cell::new(0) });

/// A series of samples.
#[export]
pub struct Series {
    /// The name of the series.
    pub name: String,
    #[lend(readonly)]
    pub changes: u32,
    pub(crate) samples: Vec<f32>,
    #[lend(skip)]
    pub hidden: Option<JsObject>,
}

impl Drop for Series {
    fn drop(&mut self) {
        DROPPED.set(DROPPED.get() + 1);
    }
}

#[export]
impl Series {
    /// A new series.
    ///
    /// # Errors
    ///
    /// When the name is empty.
    pub fn new(name: String, samples: &[f32]) -> Result<Self, String> {
        if name.is_empty() {
            return Err("a series needs a name".to_owned());
        }
        Ok(Self { name, changes: 0, samples: samples.to_vec(), hidden: None })
    }

    /// A series of zeros.
    pub fn zeros(length: u32) -> Series {
        Series {
            name: "zeros".to_owned(),
            changes: 0,
            samples: vec![0.0; length.min(4096) as usize],
            hidden: None,
        }
    }

    pub fn maybe(present: bool) -> Option<Self> {
        present.then(|| Self::zeros(1))
    }

    /// The number of samples.
    #[lend(getter)]
    pub fn length(&self) -> u32 {
        self.samples.len() as u32
    }

    #[lend(getter)]
    pub fn gain(&self) -> f32 {
        self.samples.first().copied().unwrap_or_default()
    }

    #[lend(setter, name = "gain")]
    pub fn set_gain(&mut self, gain: f32) {
        if let Some(first) = self.samples.first_mut() {
            *first = gain;
        }
    }

    pub fn at(&self, index: u32) -> Option<f32> {
        self.samples.get(index as usize).copied()
    }

    pub fn push(&mut self, sample: f32, #[lend(default = 1)] times: u32) -> u32 {
        self.changes += 1;
        self.samples.extend((0..times.min(64)).map(|_| sample));
        self.length()
    }

    /// The samples, over the memory of the series.
    pub fn samples(&self) -> &[f32] {
        &self.samples
    }

    pub fn some_samples(&self, from: u32) -> Option<&[f32]> {
        self.samples.get(from as usize..)
    }

    pub fn checked_samples(&self, from: u32) -> Result<&[f32], String> {
        self.samples.get(from as usize..).ok_or_else(|| format!("no sample {from}"))
    }

    pub fn samples_mut(&mut self) -> &mut [f32] {
        &mut self.samples
    }

    pub fn some_samples_mut(&mut self, from: u32) -> Option<&mut [f32]> {
        self.samples.get_mut(from as usize..)
    }

    pub fn title(&self) -> &str {
        &self.name
    }

    pub fn copy(&self) -> Self {
        Series { name: self.name.clone(), changes: self.changes, samples: self.samples.clone(), hidden: None }
    }

    pub fn into_samples(mut self) -> Buffer<f32> {
        std::mem::take(&mut self.samples).into()
    }

    pub fn into_samples_beside(mut self, bytes: &[u8]) -> u32 {
        std::mem::take(&mut self.samples).len() as u32 + bytes.len() as u32
    }

    pub fn add(&mut self, other: &Series) {
        self.samples.extend_from_slice(&other.samples);
    }

    pub fn swap(&mut self, other: &mut Series) {
        std::mem::swap(&mut self.samples, &mut other.samples);
    }

    pub fn append(&mut self, mut other: Series, bytes: Option<Vec<u8>>) -> u32 {
        self.samples.append(&mut other.samples);
        self.length() + bytes.map_or(0, |bytes| bytes.len() as u32)
    }

    pub fn each(&self, f: Callback<'_, (f64,)>) -> Result<(), Exception> {
        self.samples.iter().try_for_each(|sample| f.call((f64::from(*sample),)))
    }

    pub fn each_mut(&mut self, f: Callback<'_, (f64,), f64>) -> Result<(), Exception> {
        for sample in &mut self.samples {
            *sample = f.call((f64::from(*sample),))? as f32;
        }
        Ok(())
    }

    pub fn hide(&mut self, value: JsObject) {
        self.hidden = Some(value);
    }

    pub fn fail(&mut self) {
        panic!("{} fails", self.name);
    }

    pub async fn later(&self, promise: js_sys::Promise) -> Result<u32, JsValue> {
        wasm_bindgen_futures::JsFuture::from(promise).await?;
        Ok(self.samples.len() as u32)
    }

    pub async fn later_mut(&mut self, promise: js_sys::Promise) -> Result<u32, JsValue> {
        wasm_bindgen_futures::JsFuture::from(promise).await?;
        self.samples.push(1.0);
        Ok(self.samples.len() as u32)
    }

    fn not_exported(&self) -> bool {
        true
    }
}

#[export]
impl Series {
    /// From another block.
    pub fn sum(&self) -> f32 {
        debug_assert!(self.not_exported());
        self.samples.iter().sum()
    }
}

#[export]
pub fn series_length(series: &Series) -> u32 {
    series.samples.len() as u32
}

#[export]
pub fn series_two(owned: Series, number: Vec<u8>) -> u32 {
    owned.samples.len() as u32 + number.len() as u32
}

#[export]
pub fn series_two_values(owned: Series, number: Vec<String>) -> u32 {
    owned.samples.len() as u32 + number.len() as u32
}

#[export]
pub fn series_maybe(series: Option<Series>, other: Option<&Series>) -> u32 {
    series.map_or(100, |series| series.samples.len() as u32) + other.map_or(1000, series_length)
}

#[export]
pub fn series_many(count: u32) -> Vec<Series> {
    (0..count.min(64)).map(Series::zeros).collect()
}

#[export]
pub fn series_dropped() -> u32 {
    DROPPED.get()
}

/// Another class, to test that instances of different classes are not mixed up.
#[export]
#[derive(Clone, Default)]
pub struct Marker {
    pub at: u32,
}

#[export]
impl Marker {
    #[lend(constructor)]
    pub fn at(at: u32) -> Self {
        Self { at }
    }
}

/// The same class with wasm-bindgen, for comparison.
#[wasm_bindgen]
pub struct BindgenSeries(Vec<f32>);

#[wasm_bindgen]
impl BindgenSeries {
    /// A series of zeros.
    #[wasm_bindgen(constructor)]
    pub fn new(length: u32) -> BindgenSeries {
        BindgenSeries(vec![0.0; length.min(4096) as usize])
    }

    pub fn length(&self) -> u32 {
        self.0.len() as u32
    }

    pub fn each_mut(&mut self, f: &js_sys::Function) -> Result<(), JsValue> {
        for sample in &mut self.0 {
            *sample =
                f.call1(&JsValue::UNDEFINED, &JsValue::from(*sample))?.as_f64().unwrap_or_default() as f32;
        }
        Ok(())
    }

    pub fn consume(self) -> u32 {
        self.0.len() as u32
    }
}

#[wasm_bindgen]
pub fn bindgen_two(owned: BindgenSeries, number: js_sys::Uint8Array) -> u32 {
    owned.length() + number.length()
}
