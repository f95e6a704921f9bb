//! What few slots have: somebody to tell when they go, a shape of several dimensions.

use crate::backend::module;
use crate::sync::Ordering;
use crate::table::Slot;

/// Who is told that an allocation has gone, once: a closure of Rust, or a number that the JavaScript half knows what to do with.
///
/// # Invariants
///
/// With a `call`, `data` came from `Box::into_raw` of the closure that it is for, and nobody else has it.
#[repr(C)]
pub(crate) struct ReleaseListener {
    /// Takes the closure back, and runs it or (at `false`) drops it.
    call: Option<ListenerCall>,
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

/// Takes a closure back, and runs it or (at `false`) drops it.
type ListenerCall = unsafe extern "C-unwind" fn(*mut (), bool);

impl ReleaseListener {
    pub(crate) fn rust<F: FnOnce() + Send + 'static>(f: F) -> Self {
        let data = Box::into_raw(Box::new(f)).cast();
        ReleaseListener { call: Some(call::<F>), data, module: module::number() }
    }

    pub(crate) fn javascript(token: u32) -> Self {
        ReleaseListener { call: None, data: core::ptr::without_provenance_mut(token as usize), module: 0 }
    }

    /// Runs the closure; or gives the number, for the JavaScript half.
    pub(crate) fn tell(self) -> Option<u32> {
        let listener = core::mem::ManuallyDrop::new(self);
        let Some(call) = listener.call else { return Some(listener.data.addr() as u32) };
        // SAFETY: the closure's own function, once (invariant of ReleaseListener; the listener is not dropped).
        unsafe { module::call_listener(call, listener.data, true) };
        None
    }
}

impl ReleaseListener {
    /// True if it is of the JavaScript half.
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

/// As many axes as ndarray has names for, and some more.
pub(crate) const MOST_AXES: usize = 32;

/// The shape of an array of several dimensions, in elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ArrayShape {
    /// The lengths along the axes, then the distances between neighbours along them.
    pub(crate) lengths_and_strides: Box<[u32]>,
}

/// Those who are told, the last one that was added first.
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

    /// The same listeners, the first one that was added first.
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
    /// One by one: a long list must not take as much stack.
    fn drop(&mut self) {
        while self.pop().is_some() {}
    }
}

/// # Invariants
///
/// A slot's `extras` is null or came from `Box::into_raw`; whoever holds the slot may change it, one thread at a time (the
/// table's `free` lock).
#[derive(Default)]
#[repr(C)]
pub(crate) struct SlotExtras {
    listeners: ReleaseListeners,
    shape: Option<ArrayShape>,
}

/// A box, or `None` when there is no memory for it.
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
    // SAFETY: initialised, and allocated as a box is.
    Some(unsafe { Box::from_raw(place) })
}

impl Slot {
    /// Runs `f` with what the slot has besides; `None` when there is no memory for it. `f` must not allocate: it has a lock.
    fn with_extras<R>(&self, f: impl FnOnce(&mut SlotExtras) -> R) -> Option<R> {
        let mut fresh = match self.extras.load(Ordering::Acquire).is_null() {
            true => Some(try_box(SlotExtras::default())?),
            false => None,
        };
        Some(super::TABLE.free.with(|_| {
            let mut extras = self.extras.load(Ordering::Relaxed);
            if extras.is_null() {
                // Only ever set from null, so there is a fresh one.
                extras = fresh.take().map_or(extras, Box::into_raw);
                self.extras.store(extras, Ordering::Release);
            }
            // SAFETY: a live box (invariant of SlotExtras), and this thread's alone while the lock lasts.
            f(unsafe { &mut *extras })
        }))
    }

    /// Has `listener` told when the memory has gone; `false` when there is no memory to keep it in.
    pub(crate) fn add_listener(&self, listener: ReleaseListener) -> bool {
        let Some(listener) = try_box(ListenerNode { listener, next: ReleaseListeners::default() }) else {
            return false;
        };
        self.with_extras(|extras| extras.listeners.push(listener)).is_some()
    }

    /// Gives the slot a shape: where its numbers are, or `None` when there is no memory.
    pub(crate) fn set_array_shape(&self, shape: ArrayShape) -> Option<*mut u32> {
        let mut shape = Some(shape);
        let numbers = self.with_extras(|extras| {
            core::mem::swap(&mut extras.shape, &mut shape);
            extras.shape.as_mut().map(|shape| shape.lengths_and_strides.as_mut_ptr())
        });
        numbers.flatten()
    }

    /// The slot's shape, if it has one of its own, for `f` to look at. `f` must not allocate: it has a lock.
    pub(crate) fn with_array_shape<R>(&self, f: impl FnOnce(&[u32]) -> R) -> Option<R> {
        if self.extras.load(Ordering::Acquire).is_null() {
            return None;
        }
        self.with_extras(|extras| extras.shape.as_ref().map(|shape| f(&shape.lengths_and_strides))).flatten()
    }

    /// How many closures of a module wait for its end.
    pub(crate) fn listeners_of(&self, module: u32) -> usize {
        if self.extras.load(Ordering::Acquire).is_null() {
            return 0;
        }
        let is_its = |listener: &&ReleaseListener| listener.call.is_some() && listener.module == module;
        self.with_extras(|extras| extras.listeners.iter().filter(is_its).count()).unwrap_or(0)
    }

    /// True if somebody waits for the release.
    pub(crate) fn has_listeners(&self) -> bool {
        !self.extras.load(Ordering::Acquire).is_null()
            && self.with_extras(|extras| !extras.listeners.is_empty()).unwrap_or(false)
    }

    /// What the slot has besides, which it has no more then: those who are to be told.
    #[inline]
    pub(crate) fn take_listeners(&self) -> ReleaseListeners {
        let extras = self.extras.load(Ordering::Relaxed);
        if extras.is_null() {
            return ReleaseListeners::default();
        }
        self.extras.store(core::ptr::null_mut(), Ordering::Relaxed);
        // SAFETY: a live box (invariant of SlotExtras), and nobody else has the slot when it goes.
        unsafe { Box::from_raw(extras) }.listeners
    }
}
