use wasm_lend::export;

#[export]
pub struct Point(pub f64);

#[export]
impl Point {
    #[lend(worker)]
    pub fn length(&self) -> f64 {
        self.0
    }
}

#[export(worker)]
pub async fn later(_: u32) {}

#[export(worker, start)]
pub fn begin() {}

#[export(worker, variadic)]
pub fn all(_: &[f64]) {}

fn main() {}
