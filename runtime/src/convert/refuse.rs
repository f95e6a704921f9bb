//! Refusals on their way to JavaScript, which throws them.

use crate::fault::{Fault, RESULT};
use crate::{checks, class, table};

/// Has the JavaScript shim throw a `LendError`, which names the function, the argument and what it takes.
///
/// The arguments are plain numbers, so that a call without a refusal keeps nothing in memory for it.
#[cold]
#[inline(never)]
pub(crate) fn refuse(argument: u32, fault: u32, handle: u32) {
    if fault == Fault::Thrown as u32 {
        return;
    }
    explain(fault, handle);
    crate::js::refuse(argument, fault, handle);
}

/// The same as `refuse`, for a shim whose result stands for the refusal.
#[cold]
#[inline(never)]
pub(crate) fn refuse_in_result(argument: u32, fault: u32, handle: u32) {
    explain(fault, handle);
    crate::js::refuse_in_result(argument, fault, handle);
}

/// Tells JavaScript the part of the reason that it cannot know.
fn explain(fault: u32, handle: u32) {
    if fault != Fault::Conversion as u32 {
        return name_borrower(fault, handle);
    }
    crate::value::explain_conversion_error(handle);
}

/// Tells JavaScript which call has the borrow: always for an instance, for a buffer only in builds with checks.
fn name_borrower(fault: u32, handle: u32) {
    let Some(slot) = table::lookup_maybe_unused(handle) else { return };
    if let Some(site) = class::site_of(slot).filter(|_| fault == Fault::Borrowed as u32) {
        return crate::js::name_holder(site.function, site.argument, false);
    }
    if !checks::ENABLED {
        return;
    }
    if fault == Fault::Borrowed as u32 {
        if let Some(borrow) = checks::conflicting_borrow(slot) {
            crate::js::name_holder(borrow.function, borrow.argument, borrow.is_owned());
        }
    } else if fault == Fault::Changed as u32 {
        crate::js::name_holder(checks::last_change(), RESULT, false);
    }
}
