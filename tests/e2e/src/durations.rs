//! Durations, both ways.

use std::time::Duration;

use wasm_lend::export;

#[export]
pub fn same_duration(duration: Duration) -> Duration {
    duration
}

#[export]
pub fn maybe_duration(duration: Option<Duration>) -> Option<Duration> {
    duration
}

/// Nanoseconds, so that a test sees what Rust has.
#[export]
pub fn nanoseconds(duration: Duration) -> u128 {
    duration.as_nanos()
}

#[export]
pub fn waited(#[lend(default = Duration::from_millis(250))] duration: Duration) -> Result<Duration, String> {
    if duration.is_zero() { Err("no time to wait".to_owned()) } else { Ok(duration) }
}
