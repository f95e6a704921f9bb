//! Checks for development. Builds with debug assertions or the feature `checks` have them, builds with `no-checks`
//! and all others do not: there these functions compile to nothing.
//!
//! - They record which function and argument borrows a buffer, for the message of a refused borrow.
//! - They find out whether JavaScript has written to a read-only buffer between two calls.
//! - They overwrite memory that is released, so that a later use of it shows.

use crate::sync::Lock;
use crate::table::Slot;

/// True if this build has the checks.
pub(crate) const ENABLED: bool =
    cfg!(all(any(debug_assertions, feature = "checks"), not(feature = "no-checks"), not(loom)));

/// Freed memory is filled with this byte.
pub(crate) const POISON: u8 = 0xdb;

/// A borrow, and the call site that has it.
#[derive(Clone, Copy)]
#[repr(C)]
pub(crate) struct HeldBorrow {
    slot: &'static Slot,
    pub(crate) function: &'static str,
    pub(crate) argument: u32,
}

impl HeldBorrow {
    /// True if a `BufferMut` has the borrow, and not a call.
    pub(crate) fn is_owned(&self) -> bool {
        self.slot.borrow.is_owned()
    }
}

/// The checksum of a read-only buffer when a call last saw it.
#[derive(Clone, Copy)]
#[repr(C)]
struct Checksum {
    slot: &'static Slot,
    sum: u64,
    function: &'static str,
}

#[repr(C)]
pub(crate) struct Records {
    /// The function whose arguments are being checked. Nothing else runs at that time.
    current: &'static str,
    /// The function that last saw a buffer unchanged.
    changed_since: &'static str,
    borrows: Vec<HeldBorrow>,
    checksums: Vec<Checksum>,
}

#[cfg(not(loom))]
crate::host_static! {
    static HELD: Lock<Records> =
        Lock::new(Records { current: "", changed_since: "", borrows: Vec::new(), checksums: Vec::new() });
}
#[cfg(loom)]
loom::lazy_static! {
    pub(crate) static ref HELD: Lock<Records> =
        Lock::new(Records { current: "", changed_since: "", borrows: Vec::new(), checksums: Vec::new() });
}

/// Records that `function` begins to check its arguments.
#[inline(always)]
pub(crate) fn enter(function: &'static str) {
    if ENABLED {
        HELD.with(|records| records.current = function);
    }
}

/// Records that the current call has borrowed `slot` for an argument.
#[inline(always)]
pub(crate) fn borrowed(slot: &'static Slot, argument: u32) {
    if ENABLED {
        HELD.with(|records| {
            let function = records.current;
            records.borrows.push(HeldBorrow { slot, function, argument });
        });
    }
}

/// Records that the last borrow of `slot` has ended.
#[inline(always)]
pub(crate) fn ended(slot: &'static Slot) {
    if ENABLED {
        HELD.with(|records| {
            if let Some(last) = records.borrows.iter().rposition(|borrow| core::ptr::eq(borrow.slot, slot)) {
                records.borrows.remove(last);
            }
        });
    }
}

/// Forgets function names that lie in memory which is about to be released.
pub(crate) fn forget(memory: core::ops::Range<usize>) {
    if !ENABLED {
        return;
    }
    HELD.with(|records| {
        let gone = |name: &str| memory.contains(&name.as_ptr().addr());
        records.borrows.retain(|borrow| !gone(borrow.function));
        let checksums = records.checksums.iter_mut().map(|checksum| &mut checksum.function);
        for name in checksums.chain([&mut records.current, &mut records.changed_since]) {
            if gone(name) {
                *name = "a plugin that was unloaded";
            }
        }
    });
}

/// The last borrow that overlaps `slot`.
pub(crate) fn conflicting_borrow(slot: &'static Slot) -> Option<HeldBorrow> {
    if !ENABLED {
        return None;
    }
    let range = slot.bytes();
    let overlaps = |other: &'static Slot| {
        let bytes = other.bytes();
        core::ptr::eq(other.base(), slot.base()) && bytes.start < range.end && range.start < bytes.end
    };
    HELD.with(|records| records.borrows.iter().rfind(|borrow| overlaps(borrow.slot)).copied())
}

/// True if JavaScript has written to a read-only buffer since the last call that saw it.
#[inline(always)]
pub(crate) fn has_changed(slot: &'static Slot) -> bool {
    ENABLED && !slot.is_mutable() && compare(slot)
}

/// The last function that ran before the change that `has_changed` found.
pub(crate) fn last_change() -> &'static str {
    HELD.with(|records| records.changed_since)
}

#[cold]
fn compare(slot: &'static Slot) -> bool {
    let now = sum(slot);
    HELD.with(|records| {
        let function = records.current;
        match records.checksums.iter_mut().find(|before| core::ptr::eq(before.slot, slot)) {
            Some(before) => {
                let changed = before.sum != now;
                if changed {
                    records.changed_since = before.function;
                }
                (before.sum, before.function) = (now, function);
                changed
            }
            None => {
                records.checksums.push(Checksum { slot, sum: now, function });
                false
            }
        }
    })
}

/// FNV-1a over words: over all words of up to 1 MiB, and over as many, evenly spread, of longer memory.
fn sum(slot: &Slot) -> u64 {
    const LOOKED_AT: usize = 1 << 17;
    const WORD: usize = size_of::<u64>();
    let data = slot.data.load(crate::sync::Ordering::Relaxed).cast_const();
    let length = slot.byte_length();
    let step = (length / WORD).div_ceil(LOOKED_AT).max(1);
    let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(29);
    let words = (0..length / WORD).step_by(step).fold(0xcbf2_9ce4_8422_2325, |sum, index| {
        // SAFETY: within the slot's elements, which are alive while it is looked up (invariant of Slot).
        let word = unsafe { data.wrapping_add(index * WORD).cast::<u64>().read_unaligned() };
        mix(sum, word)
    });
    (length - length % WORD..length).fold(words, |sum, at| {
        // SAFETY: as above.
        let byte = unsafe { data.wrapping_add(at).read() };
        mix(sum, u64::from(byte))
    })
}

/// Forgets a slot that is released: its records do not hold for the next buffer.
#[inline(always)]
pub(crate) fn release(slot: &'static Slot) {
    if ENABLED {
        HELD.with(|records| {
            records.borrows.retain(|borrow| !core::ptr::eq(borrow.slot, slot));
            records.checksums.retain(|checksum| !core::ptr::eq(checksum.slot, slot));
        });
    }
}

/// Overwrites `len` bytes that are about to be released.
#[inline(always)]
pub(crate) fn poison(data: *mut u8, len: usize) {
    if ENABLED {
        // SAFETY: the caller is about to free these bytes.
        unsafe { data.write_bytes(POISON, len) };
        // Otherwise the compiler would remove the writes, which nobody reads.
        core::hint::black_box(data);
    }
}
