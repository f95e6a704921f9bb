//! What few slots have: somebody to tell when they go, a shape of several dimensions.

use crate::sync::Ordering;
use crate::table::Slot;

/// Who is told that an allocation has gone, once: a closure of Rust, or a number that the JavaScript half knows what to do with.
///
/// # Invariants
///
/// With a `call`, `data` came from `Box::into_raw` of the closure that it is for, and nobody else has it.
#[repr(C)]
pub(crate) struct Note {
    /// Takes the closure back, and runs it or (at `false`) drops it.
    call: Option<Call>,
    /// The closure, or the number.
    data: *mut (),
    /// The module whose code the closure is.
    pub(crate) module: u32,
}

/// # Safety
///
/// `data` is a `Box<F>` turned into a raw pointer, which is not used again.
unsafe extern "C-unwind" fn call<F: FnOnce()>(data: *mut (), run: bool) {
    // SAFETY: the caller's promise.
    let f = unsafe { Box::from_raw(data.cast::<F>()) };
    if run {
        f();
    }
}

type Call = unsafe extern "C-unwind" fn(*mut (), bool);

/// Calls what may be another module's.
///
/// # Safety
///
/// `call` is the function of the closure at `data`, which has not been called.
unsafe fn invoke(call: Call, data: *mut (), run: bool) {
    // In a plugin only the host can call the functions of other modules.
    #[cfg(all(feature = "plugin", target_arch = "wasm32"))]
    crate::plugin::js::lend_invoke_note(call as usize, data, u32::from(run));
    // SAFETY: the caller's promise.
    #[cfg(not(all(feature = "plugin", target_arch = "wasm32")))]
    unsafe {
        call(data, run);
    }
}

impl Note {
    pub(crate) fn rust<F: FnOnce() + Send + 'static>(f: F) -> Self {
        let data = Box::into_raw(Box::new(f)).cast();
        Note { call: Some(call::<F>), data, module: crate::shared::module() }
    }

    #[cfg(any(all(target_arch = "wasm32", not(feature = "plugin")), test))]
    pub(crate) fn javascript(token: u32) -> Self {
        Note { call: None, data: core::ptr::without_provenance_mut(token as usize), module: 0 }
    }

    fn tell(self) {
        let note = core::mem::ManuallyDrop::new(self);
        match note.call {
            // SAFETY: the closure's own function, once (invariant of Note; the note is not dropped).
            Some(call) => unsafe { invoke(call, note.data, true) },
            None => tell_javascript(note.data.addr() as u32),
        }
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        if let Some(call) = self.call {
            // SAFETY: the closure's own function, once (invariant of Note).
            unsafe { invoke(call, self.data, false) }
        }
    }
}

/// The shape of an array of several dimensions, in elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(any(target_arch = "wasm32", test, feature = "ndarray")), allow(dead_code))]
pub(crate) struct Layout {
    /// The lengths along the axes, then the distances between neighbours along them.
    pub(crate) lengths_and_strides: Box<[u32]>,
}

/// # Invariants
///
/// A slot's `extra` is null or came from `Box::into_raw`; whoever holds the slot may change it, one thread at a time (the
/// table's `free` lock).
#[derive(Default)]
#[repr(C)]
pub(crate) struct Extra {
    pub(crate) notes: Vec<Note>,
    #[cfg_attr(not(any(target_arch = "wasm32", test, feature = "ndarray")), allow(dead_code))]
    pub(crate) layout: Option<Layout>,
}

impl Slot {
    /// Adds to, or reads, what the slot has besides.
    pub(crate) fn with_extra<R>(&self, f: impl FnOnce(&mut Extra) -> R) -> R {
        super::TABLE.free.with(|_| {
            let mut extra = self.extra.load(Ordering::Relaxed);
            if extra.is_null() {
                extra = Box::into_raw(Box::default());
                self.extra.store(extra, Ordering::Relaxed);
            }
            // SAFETY: a live box (invariant of Extra), and this thread's alone while the lock lasts.
            f(unsafe { &mut *extra })
        })
    }

    /// How many closures of a module wait for its end.
    #[cfg(all(target_arch = "wasm32", feature = "plugin-host"))]
    pub(crate) fn listeners_of(&self, module: u32) -> usize {
        if !self.has_extra() {
            return 0;
        }
        let is_its = |note: &&Note| note.call.is_some() && note.module == module;
        self.with_extra(|extra| extra.notes.iter().filter(is_its).count())
    }

    #[cfg(any(target_arch = "wasm32", test, feature = "ndarray"))]
    pub(crate) fn has_extra(&self) -> bool {
        !self.extra.load(Ordering::Relaxed).is_null()
    }

    /// What the slot has besides, which it has no more then.
    #[inline]
    pub(crate) fn take_extra(&self) -> Option<Box<Extra>> {
        let extra = self.extra.load(Ordering::Relaxed);
        if extra.is_null() {
            return None;
        }
        self.extra.store(core::ptr::null_mut(), Ordering::Relaxed);
        // SAFETY: a live box (invariant of Extra), and nobody else has the slot when it goes.
        Some(unsafe { Box::from_raw(extra) })
    }

    /// Gives back what `take_extra` of another slot took, to one that has none.
    pub(crate) fn set_extra(&self, extra: Option<Box<Extra>>) {
        self.extra.store(extra.map_or(core::ptr::null_mut(), Box::into_raw), Ordering::Relaxed);
    }
}

/// Tells everybody, each of them whatever the others do.
#[cold]
pub(crate) fn tell(notes: Vec<Note>) {
    let mut panic = None;
    for note in notes {
        if let Err(payload) = std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| note.tell())) {
            panic = Some(payload);
        }
    }
    if let Some(payload) = panic {
        // A second panic while one unwinds would abort.
        if !std::thread::panicking() {
            std::panic::resume_unwind(payload);
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn tell_javascript(token: u32) {
    crate::js::released(token);
}

/// On the host the tests read here what JavaScript was told.
#[cfg(not(target_arch = "wasm32"))]
fn tell_javascript(token: u32) {
    TOLD.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(token);
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) static TOLD: std::sync::Mutex<Vec<u32>> = std::sync::Mutex::new(Vec::new());
