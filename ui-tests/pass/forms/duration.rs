use std::time::Duration;

use wasm_lend::export;

#[export]
pub fn doubled(duration: Duration) -> Duration {
    duration * 2
}

#[export]
pub fn rest(total: Duration, spent: Option<Duration>) -> Option<Duration> {
    total.checked_sub(spent?)
}

fn main() {}
