//! How a refusal becomes a JavaScript exception.

use crate::fault::{Fault, RESULT};
use crate::{checks, class, table};

/// Tells the JavaScript shim to throw a `LendError` that names the function, the argument and what was expected of it.
///
/// Takes plain numbers, so that the shim's good path keeps nothing in memory for it.
#[cold]
#[inline(never)]
pub(crate) fn refuse(argument: u32, fault: u32, handle: u32) {
    if fault == Fault::Thrown as u32 {
        return;
    }
    explain(fault, handle);
    crate::js::refuse(argument, fault, handle);
}

/// The same for a shim whose result stands for the refusal.
#[cold]
#[inline(never)]
pub(crate) fn refuse_in_result(function: &str, argument: u32, fault: u32, handle: u32) {
    explain(fault, handle);
    crate::js::refuse_in_result(function, argument, fault, handle);
}

/// Tells JavaScript what it cannot know of the reason.
fn explain(fault: u32, handle: u32) {
    if fault != Fault::Conversion as u32 {
        return name_holder(fault, handle);
    }
    if let Some(error) = crate::value::take_conversion_error(handle) {
        crate::js::explain(&error.to_string(), error.code());
    }
}

/// Tells JavaScript which call it was: of an instance always, of a buffer where this build knows.
fn name_holder(fault: u32, handle: u32) {
    let Some(slot) = table::lookup_unproven(handle) else { return };
    if let Some(site) = class::site_of(slot).filter(|_| fault == Fault::Borrowed as u32) {
        return crate::js::name_holder(site.function, site.argument, false);
    }
    if !checks::ENABLED {
        return;
    }
    if fault == Fault::Borrowed as u32 {
        if let Some(borrow) = checks::holder(slot) {
            crate::js::name_holder(borrow.function, borrow.argument, borrow.is_owned());
        }
    } else if fault == Fault::Changed as u32 {
        crate::js::name_holder(checks::last_change(), RESULT, false);
    }
}
