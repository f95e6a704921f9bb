//! The module itself. A package is module 0, and its function table has the functions of all modules.

/// The number of this module.
#[inline(always)]
pub(crate) const fn number() -> u32 {
    0
}

/// Throws if this module has trapped. It does nothing in a package: a package that has trapped is not called.
#[inline(always)]
pub(crate) fn check() {}

/// Calls the function that drops an owner.
///
/// # Safety
///
/// `drop` is the function in the header of `owner`. The owner is dropped here and nowhere else.
pub(crate) unsafe fn drop_owner<O>(drop: unsafe extern "C-unwind" fn(*mut O), owner: *mut O) {
    // SAFETY: the function of this owner, which is dropped once, as the caller promises.
    unsafe { drop(owner) }
}

/// Calls the function of a release listener.
///
/// # Safety
///
/// `call` is the function of the closure at `data` and has not been called.
pub(crate) unsafe fn call_listener(
    call: unsafe extern "C-unwind" fn(*mut (), bool),
    data: *mut (),
    run: bool,
) {
    // SAFETY: the function of this closure, which is called once, as the caller promises.
    unsafe { call(data, run) }
}
