//! `Duration` as a number of milliseconds.

use core::time::Duration;

use super::Return;
use crate::fault::Refusal;

/// `None`: a number that no duration is.
const NO_DURATION: f64 = -1.0;

const NANOS_PER_MILLI: f64 = 1e6;

/// The duration of a number of milliseconds, to the nearest nanosecond. JavaScript passes numbers from 0 to below 2^64.
#[inline]
#[must_use]
pub fn duration(milliseconds: f64) -> Duration {
    let whole = milliseconds.trunc();
    let rest = (milliseconds - whole) * NANOS_PER_MILLI;
    // The casts saturate, so a made-up number is some duration too.
    Duration::from_millis(whole as u64) + Duration::from_nanos(rest.round_ties_even() as u64)
}

/// The same for an argument that may be absent.
#[inline]
#[must_use]
pub fn optional_duration(milliseconds: f64) -> Option<Duration> {
    (milliseconds >= 0.0).then(|| duration(milliseconds))
}

impl Return for Duration {
    /// Milliseconds, to the nearest number that JavaScript has.
    type Raw = f64;

    #[inline]
    fn into_raw(self) -> Result<f64, Refusal> {
        let whole = Duration::from_secs(self.as_secs()).as_millis() as f64;
        Ok(whole + f64::from(self.subsec_nanos()) / NANOS_PER_MILLI)
    }
}

impl Return for Option<Duration> {
    type Raw = f64;

    #[inline]
    fn into_raw(self) -> Result<f64, Refusal> {
        self.map_or(Ok(NO_DURATION), Return::into_raw)
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn a_duration_comes_back_as_the_number_it_was() {
        for milliseconds in [0.0, 0.000_001, 0.25, 1.0, 1_234.5, 86_400_000.0, 9_007_199_254_740_991.0, 1e18]
        {
            assert_eq!(duration(milliseconds).into_raw(), Ok(milliseconds));
        }
    }

    #[test]
    fn milliseconds_are_rounded_to_nanoseconds() {
        assert_eq!(duration(0.1), Duration::from_micros(100));
        assert_eq!(duration(1.000_000_6), Duration::new(0, 1_000_001));
        assert_eq!(duration(0.999_999_9), Duration::from_millis(1));
    }

    #[test]
    fn made_up_numbers_are_some_duration() {
        for milliseconds in [f64::NAN, f64::NEG_INFINITY, -5.0, f64::INFINITY, f64::MAX] {
            let _ = duration(milliseconds);
        }
        assert_eq!(duration(-5.0), Duration::ZERO);
    }

    #[test]
    fn the_longest_duration_is_a_number() {
        assert_eq!(Duration::MAX.into_raw(), Ok(2f64.powi(64) * 1e3));
        assert_eq!(None::<Duration>.into_raw(), Ok(NO_DURATION));
    }
}
