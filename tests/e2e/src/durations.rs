//! Durations, both ways.

use std::time::Duration;

use wasm_lend::exports;

exports! {
    pub fn same_duration(duration: Duration) -> Duration {
        duration
    }

    pub fn maybe_duration(duration: Option<Duration>) -> Option<Duration> {
        duration
    }

    /// Nanoseconds, so that a test sees what Rust has.
    pub fn nanoseconds(duration: Duration) -> u128 {
        duration.as_nanos()
    }

    pub fn waited(#[lend(default = Duration::from_millis(250))] duration: Duration) -> Result<Duration, String> {
        if duration.is_zero() { Err("no time to wait".to_owned()) } else { Ok(duration) }
    }
}
