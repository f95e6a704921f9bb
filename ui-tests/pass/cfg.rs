// Items that `#[cfg]` switches off do not exist, and of two items with opposite conditions there is one.
use wasm_lend::export;

#[export]
pub mod inside {
    #[cfg(any())]
    pub fn off(nothing: Nowhere) -> Nowhere {
        nothing
    }

    #[cfg(any())]
    pub fn twin(x: &[u8]) -> usize {
        x.len()
    }

    #[cfg(not(any()))]
    pub fn twin(x: u32) -> u32 {
        x
    }
}

#[export(namespace = "apart")]
pub mod apart {
    #[cfg(any())]
    pub fn off(nothing: Nowhere) {}

    pub fn on(#[cfg(any())] nothing: Nowhere, x: u32) -> u32 {
        x
    }
}

#[cfg_attr(all(), export)]
pub struct Image {
    #[cfg(any())]
    pub off: Nowhere,
    #[cfg_attr(all(), lend(skip))]
    pub inner: std::rc::Rc<u8>,
    #[cfg_attr(all(), lend(readonly))]
    pub width: u32,
}

#[cfg_attr(all(), export)]
impl Image {
    #[cfg_attr(all(), lend(constructor))]
    pub fn create(width: u32) -> Self {
        Image { inner: std::rc::Rc::new(0), width }
    }

    #[cfg(any())]
    pub fn off(&self) -> Nowhere {}

    #[cfg_attr(all(), lend(getter))]
    pub fn half(&self) -> u32 {
        self.width / 2
    }

    #[cfg_attr(all(), lend(setter))]
    pub fn set_half(&mut self, half: u32) {
        self.width = half * 2;
    }
}

#[cfg_attr(all(), export(name = "blurImage"))]
pub fn blur(#[cfg_attr(all(), lend(name = radiusPx))] radius: f64) -> f64 {
    radius
}

#[export]
#[cfg(any())]
pub fn off(nothing: Nowhere) {}

fn main() {
    assert_eq!(inside::twin(1) + apart::on(2) + Image::create(3).half(), 4);
    assert_eq!(blur(1.0), 1.0);
}
