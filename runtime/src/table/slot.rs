//! One slot: an allocation or a sub-buffer of one, the references to it, and its borrows.

use core::ops::Range;

use super::{GENERATION, NO_SLOT, SlotExtras, TABLE, next_generation};
use crate::borrow::Flag;
use crate::call_site::CallSite;
use crate::element::size_of_tag;
use crate::sync::{AtomicPtr, AtomicU32, AtomicUsize, ONE_THREAD, Ordering};
use crate::threads;

/// In a slot's tag: the buffer may be written to.
pub(crate) const MUTABLE: u32 = 1 << 16;

/// In a slot's tag: it is a sub-buffer. Its borrows may have to go into the ledger, so the fast path of `guard` must
/// not take it for a whole.
pub(crate) const SUB_BUFFER: u32 = 1 << 17;

/// In the tag of every slot in use, so that a slot which is all zeros fits no type.
pub(crate) const IN_USE: u32 = 1 << 18;

/// In the tag of a sub-buffer that was frozen while its whole stayed mutable. It has a shared borrow of its own range
/// for as long as it lives.
pub(crate) const PINNED: u32 = 1 << 19;

/// In a slot's tag: it is an instance of a class, and has no elements.
pub(crate) const CLASS: u32 = 1 << 20;

/// The kind of a slot's memory, and how it is released.
#[derive(Clone, Copy)]
pub(crate) enum Storage {
    /// The allocation of a `Vec<T>` of this capacity; `T` is the slot's element type.
    Vec { capacity: usize },
    /// Memory of a boxed owner. Dropping the owner releases it.
    Owner { owner: *mut super::OwnerHeader },
    /// A range of the memory of `of`, to which this slot has a reference: the whole, or a frozen sub-buffer.
    SubBuffer { of: &'static Slot },
    /// Scratch memory, into which plain typed arrays are copied. Calls borrow it, but it is never given away or
    /// released. The capacity is a multiple of 64 (or 0).
    Scratch { capacity: usize, align: usize },
    /// Memory of a Rust caller for the length of a callback. Nothing here releases it.
    Temporary,
}

/// In place of the alignment of [`Storage::Scratch`]: the memory is an allocation for a `Vec` of as many elements as the slot
/// has. See `gift.rs`. So whatever looks for scratch memory finds gifts, too.
pub(crate) const GIFT: Storage = Storage::Scratch { capacity: 0, align: GIFT_ALIGN };
pub(crate) const GIFT_ALIGN: usize = 1 << 31;

/// The bits of the word of [`Storage::Scratch`] that hold the logarithm of the alignment. The others are the
/// capacity.
const ALIGN_BITS: usize = 63;

/// # Invariants
///
/// - While `js_holds > 0`, `handle` is the one handle under which JavaScript knows the slot. Otherwise it is
///   [`dead`], which leads to no slot, so that a look-up needs one comparison.
/// - `references` counts the owners in Rust (buffers, and slots that are sub-buffers of this one), plus 1 for all
///   holds of JavaScript together. At 0 the memory is released, at once or when the last borrow ends.
/// - `data` points to `len` initialised elements of the element type in `tag`. They are valid while `references > 0`
///   or a borrow lasts.
/// - `base` is the whole that this slot is a sub-buffer of, or this slot itself.
/// - A sub-buffer is mutable only while its whole is. Its range lies within that of the whole.
/// - `borrower` is null or comes from a `&'static CallSite`. Nobody reads it while nothing is borrowed.
/// - `link` belongs to the free list while the slot is free, to the ledger while it is in use, and to the list of
///   pending drops once it has no reference and no borrow.
///
/// Other fields change only while no look-up can find the slot. They are atomics so that a look-up on another thread reads no
/// torn value.
#[repr(C)]
pub(crate) struct Slot {
    pub(crate) handle: AtomicU32,
    /// An element tag or a class number, with the bits [`MUTABLE`], [`SUB_BUFFER`], [`IN_USE`], [`PINNED`] and
    /// [`CLASS`]. 0 in a free slot.
    pub(crate) tag: AtomicU32,
    pub(crate) data: AtomicPtr<u8>,
    pub(crate) len: AtomicUsize,
    base: AtomicPtr<Slot>,
    pub(crate) borrow: Flag,
    pub(crate) references: AtomicU32,
    js_holds: AtomicU32,
    storage_kind: AtomicU32,
    storage_word: AtomicPtr<u8>,
    /// The handle that this slot gives out next.
    pub(super) next_handle: AtomicU32,
    /// The next slot in the free list, or in the ledger. In a whole: the first slot of its ledger.
    pub(crate) link: AtomicU32,
    pub(super) extras: AtomicPtr<SlotExtras>,
    /// The module that made the slot, and whose code may have to release it: 0 for the host, else a plugin. In builds with
    /// threads, which have no plugins: the thread that the owner is bound to, or 0.
    pub(crate) module: AtomicU32,
    /// Of an instance: the call site that has borrowed it, for messages.
    pub(crate) borrower: AtomicPtr<CallSite>,
}

/// Stands for the handle of slot `index` while it has none: another index with generation 0.
const fn dead(index: u32) -> u32 {
    index ^ 1
}

/// Defines `zeroed()`, which is `const` except under loom.
macro_rules! zeroed {
    ($body:expr) => {
        /// A slot that is all zeros, without an index.
        #[cfg(not(loom))]
        pub(super) const fn zeroed() -> Self {
            $body
        }

        #[cfg(loom)]
        pub(super) fn zeroed() -> Self {
            $body
        }
    };
}

impl Slot {
    zeroed! {
        Slot {
            handle: AtomicU32::new(0),
            tag: AtomicU32::new(0),
            data: AtomicPtr::new(core::ptr::null_mut()),
            len: AtomicUsize::new(0),
            base: AtomicPtr::new(core::ptr::null_mut()),
            borrow: Flag::new(),
            references: AtomicU32::new(0),
            js_holds: AtomicU32::new(0),
            storage_kind: AtomicU32::new(0),
            storage_word: AtomicPtr::new(core::ptr::null_mut()),
            next_handle: AtomicU32::new(0),
            link: AtomicU32::new(0),
            extras: AtomicPtr::new(core::ptr::null_mut()),
            module: AtomicU32::new(0),
            borrower: AtomicPtr::new(core::ptr::null_mut()),
        }
    }

    /// Gives a zeroed slot its index and its place in the free list.
    pub(super) fn number(&self, index: u32, below: u32) {
        self.handle.store(dead(index), Ordering::Relaxed);
        self.next_handle.store(index | GENERATION, Ordering::Relaxed);
        self.link.store(below, Ordering::Relaxed);
    }

    pub(crate) fn index(&self) -> u32 {
        self.next_handle.load(Ordering::Relaxed) & (GENERATION - 1)
    }

    #[inline(always)]
    pub(crate) fn base(&self) -> &'static Slot {
        // SAFETY: `fill` set it to a slot that outlives every use of this one: a sub-buffer has a reference to its
        // whole.
        unsafe { &*self.base.load(Ordering::Relaxed) }
    }

    /// Makes a slot from the free list stand for `len` elements at `data`, with one reference.
    pub(super) fn fill(
        &'static self,
        tag: u32,
        data: *mut u8,
        len: usize,
        storage: Storage,
        base: Option<&'static Slot>,
    ) {
        self.set_tag(tag);
        self.data.store(data, Ordering::Relaxed);
        self.len.store(len, Ordering::Relaxed);
        self.base.store(core::ptr::from_ref(base.unwrap_or(self)).cast_mut(), Ordering::Relaxed);
        self.references.store(1, Ordering::Relaxed);
        self.link.store(NO_SLOT, Ordering::Relaxed);
        self.module.store(crate::backend::module::number(), Ordering::Relaxed);
        self.set_storage(storage);
        if base.is_none() {
            TABLE.live_bytes.fetch_add(self.byte_length(), Ordering::Relaxed);
        }
    }

    pub(super) fn empty(&self) {
        if core::ptr::eq(self.base(), self) {
            TABLE.live_bytes.fetch_sub(self.byte_length(), Ordering::Relaxed);
        }
        self.tag.store(0, Ordering::Relaxed);
        self.len.store(0, Ordering::Relaxed);
        self.borrow.reset();
    }

    /// The range of addresses of its bytes.
    pub(crate) fn bytes(&self) -> Range<usize> {
        let start = self.data.load(Ordering::Relaxed).addr();
        start..start + self.byte_length()
    }

    pub(crate) fn byte_length(&self) -> usize {
        self.len.load(Ordering::Relaxed) * size_of_tag(self.type_tag())
    }

    /// Sets the tag: an element tag, with `MUTABLE` and `SUB_BUFFER`.
    pub(crate) fn set_tag(&self, tag: u32) {
        self.tag.store(tag | IN_USE, Ordering::Relaxed);
    }

    pub(crate) fn type_tag(&self) -> u32 {
        self.tag.load(Ordering::Relaxed) & !(MUTABLE | SUB_BUFFER | IN_USE | PINNED)
    }

    /// True if the slot is not free and has been used.
    pub(crate) fn is_in_use(&self) -> bool {
        self.tag.load(Ordering::Relaxed) & IN_USE != 0
    }

    pub(crate) fn is_instance(&self) -> bool {
        self.tag.load(Ordering::Relaxed) & CLASS != 0
    }

    pub(crate) fn is_sub_buffer(&self) -> bool {
        self.tag.load(Ordering::Relaxed) & SUB_BUFFER != 0
    }

    /// True if the memory may be written to, as far as borrows allow it.
    pub(crate) fn is_mutable(&self) -> bool {
        self.tag.load(Ordering::Relaxed) & self.base().tag.load(Ordering::Relaxed) & MUTABLE != 0
    }

    /// The slot that readers of these elements need a reference to: the whole if it is read-only, else the frozen
    /// sub-buffer.
    pub(crate) fn slot_for_readers(&'static self) -> &'static Slot {
        if self.base().is_mutable() && !self.is_mutable() { self } else { self.base() }
    }

    pub(crate) fn storage(&self) -> Storage {
        let word = self.storage_word.load(Ordering::Relaxed);
        match self.storage_kind.load(Ordering::Relaxed) {
            0 => Storage::Vec { capacity: word.addr() },
            1 => Storage::Owner { owner: word.cast() },
            // SAFETY: set from such a reference, and this slot has a reference to that one.
            2 => Storage::SubBuffer { of: unsafe { &*word.cast() } },
            3 => Storage::Scratch {
                capacity: word.addr() & !ALIGN_BITS,
                align: 1 << (word.addr() & ALIGN_BITS),
            },
            _ => Storage::Temporary,
        }
    }

    pub(crate) fn set_storage(&self, storage: Storage) {
        let (kind, word) = match storage {
            Storage::Vec { capacity } => (0, core::ptr::without_provenance_mut(capacity)),
            Storage::Owner { owner } => (1, owner.cast()),
            Storage::SubBuffer { of } => (2, core::ptr::from_ref(of).cast_mut().cast()),
            Storage::Scratch { capacity, align } => {
                debug_assert!(capacity & ALIGN_BITS == 0 && align.is_power_of_two());
                let word = capacity | align.trailing_zeros() as usize;
                (3, core::ptr::without_provenance_mut(word))
            }
            Storage::Temporary => (4, core::ptr::null_mut()),
        };
        self.storage_kind.store(kind, Ordering::Relaxed);
        self.storage_word.store(word, Ordering::Relaxed);
    }

    /// Gives JavaScript a handle of this slot, in exchange for one reference of the caller.
    pub(crate) fn give_to_js(&'static self) -> u32 {
        // The first hold and the handle appear together, so other threads wait for both.
        let is_first = if ONE_THREAD { self.add_js_hold() } else { TABLE.free.with(|_| self.add_js_hold()) };
        if is_first {
            TABLE.live_handles.fetch_add(1, Ordering::Relaxed);
        } else {
            // JavaScript has its reference already, so the caller's is one too many. It is not the last one.
            self.references.fetch_sub(1, Ordering::AcqRel);
        }
        threads::count_hold(self, 1);
        self.handle.load(Ordering::Acquire)
    }

    /// Adds a hold of JavaScript. True if it is the first, which makes the handle.
    fn add_js_hold(&self) -> bool {
        let holders = self.js_holds.load(Ordering::Relaxed);
        self.js_holds.store(holders + 1, Ordering::Relaxed);
        if holders == 0 {
            self.handle.store(self.next_handle.load(Ordering::Relaxed), Ordering::Release);
        }
        holders == 0
    }

    /// Ends one of JavaScript's holds. The last one ends the handle, and returns true: JavaScript's reference is the
    /// caller's then.
    pub(crate) fn take_from_js(&self) -> bool {
        self.take_back(true)
    }

    /// The same as `take_from_js`, for a temporary buffer. JavaScript has forgotten the handle, so the slot keeps it for the
    /// next use.
    pub(crate) fn take_back_temporary(&self) -> bool {
        self.take_back(false)
    }

    fn take_back(&self, spend: bool) -> bool {
        threads::count_hold(self, -1);
        self.end_hold(spend)
    }

    /// True if the owner of the memory is bound to a thread.
    #[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
    pub(crate) fn is_bound(&self) -> bool {
        !ONE_THREAD && self.base().module.load(Ordering::Relaxed) != 0
    }

    /// The same as `take_from_js`, for a hold of a thread that has ended. Nobody counts its holds any more.
    #[cfg(any(not(target_arch = "wasm32"), target_feature = "atomics"))]
    pub(crate) fn take_from_ended_js(&self) -> bool {
        self.end_hold(true)
    }

    fn end_hold(&self, spend: bool) -> bool {
        let is_last =
            if ONE_THREAD { self.end_js_hold(spend) } else { TABLE.free.with(|_| self.end_js_hold(spend)) };
        if is_last {
            TABLE.live_handles.fetch_sub(1, Ordering::Relaxed);
        }
        is_last
    }

    fn end_js_hold(&self, spend: bool) -> bool {
        let holders = self.js_holds.load(Ordering::Relaxed);
        // JavaScript has freed it during the call that takes it.
        if holders == 0 {
            return false;
        }
        self.js_holds.store(holders - 1, Ordering::Relaxed);
        if holders != 1 {
            return false;
        }
        let ended = self.handle.swap(dead(self.index()), Ordering::AcqRel);
        if spend {
            self.next_handle.store(next_generation(ended), Ordering::Relaxed);
        }
        true
    }

    /// Adds one reference.
    ///
    /// # Panics
    ///
    /// Aborts the process at 2^31 references, before the count could overflow.
    #[inline]
    pub(crate) fn hold(&self) {
        if self.references.fetch_add(1, Ordering::Relaxed) > u32::MAX / 2 {
            std::process::abort();
        }
    }
}
