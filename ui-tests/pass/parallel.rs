use wasm_lend::export;
use wasm_lend::worker::{Progress, check};

#[export(worker, parallel)]
pub fn fill(out: &mut [f32], progress: Progress<f32>) -> Result<(), String> {
    check()?;
    out.fill(1.0);
    progress.report(1.0);
    Ok(())
}

#[export]
pub mod shapes {
    #[lend(worker, parallel)]
    pub fn area(sides: &[f64]) -> f64 {
        sides.iter().product()
    }
}

fn main() {}
