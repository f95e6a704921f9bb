//! Slot extras: the rarely used data of a slot, which is allocated on demand: release listeners, and the shape of an
//! array.

use crate::backend::module;
use crate::sync::Ordering;
use crate::table::Slot;
use crate::threads;

/// Runs once, when the memory is released: a Rust closure, or a number that the JavaScript half knows.
///
/// # Invariants
///
/// With a `call`, `data` came from `Box::into_raw` of its closure, and nobody else has it.
#[repr(C)]
pub(crate) struct ReleaseListener {
    /// The function of the closure, or `None` for a number.
    call: Option<ListenerCall>,
    /// The closure or the number.
    data: *mut (),
    /// The module that the closure's code belongs to. Of a number: the thread whose JavaScript knows it.
    pub(crate) module: u32,
}

/// # Safety
///
/// `data` is a `Box<F>` that was turned into a raw pointer, and is not used again.
unsafe extern "C-unwind" fn call<F: FnOnce()>(data: *mut (), run: bool) {
    // SAFETY: such a box, which is not used again, as the caller promises.
    let f = unsafe { Box::from_raw(data.cast::<F>()) };
    if run {
        f();
    }
}

/// Takes a closure back, and runs it, or drops it if the argument is false.
type ListenerCall = unsafe extern "C-unwind" fn(*mut (), bool);

impl ReleaseListener {
    pub(crate) fn rust<F: FnOnce() + Send + 'static>(f: F) -> Self {
        let data = Box::into_raw(Box::new(f)).cast();
        ReleaseListener { call: Some(call::<F>), data, module: module::number() }
    }

    pub(crate) fn javascript(token: u32) -> Self {
        let data = core::ptr::without_provenance_mut(token as usize);
        ReleaseListener { call: None, data, module: threads::number() }
    }

    /// Runs the closure, or returns the thread and the number for its JavaScript.
    pub(crate) fn call(self) -> Option<(u32, u32)> {
        let listener = core::mem::ManuallyDrop::new(self);
        let Some(call) = listener.call else { return Some((listener.module, listener.data.addr() as u32)) };
        // SAFETY: the closure's own function, once (invariant of ReleaseListener; the listener is not dropped).
        unsafe { module::call_listener(call, listener.data, true) };
        None
    }
}

impl ReleaseListener {
    /// True if the listener belongs to the JavaScript half.
    pub(crate) fn is_javascript(&self) -> bool {
        self.call.is_none()
    }
}

impl Drop for ReleaseListener {
    fn drop(&mut self) {
        if let Some(call) = self.call {
            // SAFETY: the closure's own function, once (invariant of ReleaseListener).
            unsafe { module::call_listener(call, self.data, false) }
        }
    }
}

/// More axes than ndarray has names for.
pub(crate) const MOST_AXES: usize = 32;

/// The shape of an array of several axes, in elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ArrayShape {
    /// The lengths of the axes, followed by the distances between neighbours along them.
    pub(crate) lengths_and_strides: Vec<u32>,
}

/// Release listeners, the newest first.
#[derive(Default)]
#[repr(transparent)]
pub(crate) struct ReleaseListeners(Option<Box<ListenerNode>>);

pub(crate) struct ListenerNode {
    pub(crate) listener: ReleaseListener,
    next: ReleaseListeners,
}

impl ReleaseListeners {
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The same listeners, the oldest first.
    #[inline(never)]
    pub(crate) fn in_order(mut self) -> Self {
        let mut in_order = ReleaseListeners::default();
        while let Some(listener) = self.pop() {
            in_order.push(listener);
        }
        in_order
    }

    pub(crate) fn push(&mut self, mut listener: Box<ListenerNode>) {
        listener.next.0 = self.0.take();
        self.0 = Some(listener);
    }

    pub(crate) fn pop(&mut self) -> Option<Box<ListenerNode>> {
        let mut listener = self.0.take()?;
        self.0 = listener.next.0.take();
        Some(listener)
    }

    fn iter(&self) -> impl Iterator<Item = &ReleaseListener> {
        core::iter::successors(self.0.as_deref(), |listener| listener.next.0.as_deref())
            .map(|it| &it.listener)
    }
}

impl Drop for ReleaseListeners {
    /// One by one: a long list must not use a deep stack.
    fn drop(&mut self) {
        while self.pop().is_some() {}
    }
}

/// # Invariants
///
/// A slot's `extras` is null or came from `Box::into_raw`. Anybody with a reference to the slot may change it, one
/// thread at a time (under the table's `free` lock).
#[derive(Default)]
#[repr(C)]
pub(crate) struct SlotExtras {
    listeners: ReleaseListeners,
    shape: Option<ArrayShape>,
}

/// A box, or `None` if there is no memory.
pub(crate) fn try_box<T>(value: T) -> Option<Box<T>> {
    let layout = core::alloc::Layout::new::<T>();
    debug_assert!(layout.size() > 0);
    // SAFETY: not of size zero, as the types here are.
    let place = unsafe { std::alloc::alloc(layout) }.cast::<T>();
    if place.is_null() {
        return None;
    }
    // SAFETY: memory of this layout, which nobody else has.
    unsafe { place.write(value) };
    // SAFETY: initialised, and allocated as a box allocates.
    Some(unsafe { Box::from_raw(place) })
}

impl Slot {
    /// Runs `f` with the slot's extras. `None` if there is no memory for them. `f` must not allocate, since it runs
    /// under a lock.
    fn with_extras<R>(&self, f: impl FnOnce(&mut SlotExtras) -> R) -> Option<R> {
        let extras = self.make_extras()?;
        // SAFETY: a live box (invariant of SlotExtras), and only this thread uses it under the lock.
        Some(super::TABLE.free.with(|_| f(unsafe { &mut *extras })))
    }

    /// The slot's extras, which stay until the slot is released. `None` if there is no memory for them.
    #[inline(never)]
    fn make_extras(&self) -> Option<*mut SlotExtras> {
        let extras = self.extras.load(Ordering::Acquire);
        if !extras.is_null() {
            return Some(extras);
        }
        let fresh = try_box(SlotExtras::default())?;
        Some(super::TABLE.free.with(|_| {
            // Another thread may have made them meanwhile.
            let extras = self.extras.load(Ordering::Relaxed);
            if !extras.is_null() {
                return extras;
            }
            let extras = Box::into_raw(fresh);
            self.extras.store(extras, Ordering::Release);
            extras
        }))
    }

    /// Adds a release listener. False if there is no memory for it.
    pub(crate) fn add_listener(&self, listener: ReleaseListener) -> bool {
        let Some(listener) = try_box(ListenerNode { listener, next: ReleaseListeners::default() }) else {
            return false;
        };
        self.with_extras(|extras| extras.listeners.push(listener)).is_some()
    }

    /// Gives the slot a shape. Returns where its numbers are, or `None` if there is no memory.
    pub(crate) fn set_array_shape(&self, shape: ArrayShape) -> Option<*mut u32> {
        let mut shape = Some(shape);
        let numbers = self.with_extras(|extras| {
            core::mem::swap(&mut extras.shape, &mut shape);
            extras.shape.as_mut().map(|shape| shape.lengths_and_strides.as_mut_ptr())
        });
        numbers.flatten()
    }

    /// Runs `f` with the slot's shape, if it has one. `f` must not allocate, since it runs under a lock.
    pub(crate) fn with_array_shape<R>(&self, f: impl FnOnce(&[u32]) -> R) -> Option<R> {
        if self.extras.load(Ordering::Acquire).is_null() {
            return None;
        }
        self.with_extras(|extras| extras.shape.as_ref().map(|shape| f(&shape.lengths_and_strides))).flatten()
    }

    /// The number of release listeners that are closures of a module.
    pub(crate) fn listeners_of(&self, module: u32) -> usize {
        if self.extras.load(Ordering::Acquire).is_null() {
            return 0;
        }
        let is_its = |listener: &&ReleaseListener| listener.call.is_some() && listener.module == module;
        self.with_extras(|extras| extras.listeners.iter().filter(is_its).count()).unwrap_or(0)
    }

    /// True if the slot has release listeners.
    pub(crate) fn has_listeners(&self) -> bool {
        !self.extras.load(Ordering::Acquire).is_null()
            && self.with_extras(|extras| !extras.listeners.is_empty()).unwrap_or(false)
    }

    /// Frees the slot's extras, and returns its release listeners.
    #[inline]
    pub(crate) fn take_listeners(&self) -> ReleaseListeners {
        if self.extras.load(Ordering::Relaxed).is_null() {
            return ReleaseListeners::default();
        }
        self.take_extras()
    }

    #[cold]
    #[inline(never)]
    fn take_extras(&self) -> ReleaseListeners {
        let extras = self.extras.swap(core::ptr::null_mut(), Ordering::Relaxed);
        if extras.is_null() {
            return ReleaseListeners::default();
        }
        // SAFETY: a live box (invariant of SlotExtras), and nobody else uses a slot that is released.
        unsafe { Box::from_raw(extras) }.listeners
    }
}
