//! One slot: an allocation (or a part of one), who holds it, and who borrows it.

use core::ops::Range;

use super::{GENERATION, NO_SLOT, SlotExtras, TABLE, next_generation};
use crate::borrow::Flag;
use crate::element::size_of_tag;
use crate::sync::{AtomicPtr, AtomicU32, AtomicUsize, ONE_THREAD, Ordering};

/// Set in a slot's shape, beside the element tag, when the buffer may be written to.
pub(crate) const MUTABLE: u32 = 1 << 16;

/// Set in the shape of a slot that is a part of another: its borrows may have to go into the ledger, so it must not be
/// taken for a whole on the fast path of `convert::argument`.
pub(crate) const SUB_BUFFER: u32 = 1 << 17;

/// Set in the shape of every slot in use, so that a slot which is all zeros fits no type.
pub(crate) const IN_USE: u32 = 1 << 18;

/// Set in the shape of a part that was frozen while its allocation stays mutable: it holds a shared borrow of its range for
/// as long as it lives.
pub(crate) const PINNED: u32 = 1 << 19;

/// Set in the tag of a class: the slot has an instance of it, and no elements.
pub(crate) const CLASS: u32 = 1 << 20;

/// What a slot's memory is and how it is given back.
#[derive(Clone, Copy)]
pub(crate) enum Storage {
    /// A `Vec<T>`'s allocation of this capacity, `T` being the shape's element type.
    Vec { capacity: usize },
    /// Memory that belongs to a boxed owner; dropping the owner gives it back.
    Owner { owner: *mut super::OwnerHeader },
    /// A part of the memory of `of`, on which this slot holds a count: the whole, or a part that is frozen.
    SubBuffer { of: &'static Slot },
    /// Memory of the runtime itself that plain typed arrays are copied into: lent, but never given away or freed.
    /// Its layout: a size that is a multiple of 64 (or 0), and the alignment.
    Scratch { capacity: usize, align: usize },
    /// Memory of a caller in Rust, for the length of a callback: given back by nobody.
    Temporary,
}

/// Where the word of [`Storage::Scratch`] has the logarithm of the alignment: below its capacity.
const ALIGN_BITS: usize = 63;

/// # Invariants
///
/// - `handle` is the one handle under which JavaScript knows the slot while `js_holds > 0`, else [`dead`]: no handle
///   that leads to this slot, so that a look-up needs one comparison.
/// - `holders` counts the owners in Rust (buffers, and slots that are views of this one), plus 1 for all of
///   JavaScript's together. At 0 the storage is freed, at once or when the last borrow ends.
/// - `data` points to `len` initialised elements of the shape's type, valid while `holders > 0` or a borrow lasts.
/// - `base` is the whole that this slot is part of, or this slot itself.
/// - A part is mutable only while its whole is; a part's range lies within that of the whole.
/// - `link` is for the free list while the slot is free, for the ledger while it is in use, and for the list of what is destroyed
///   after the call once nobody holds or borrows it.
///
/// Fields change hands between free list and owner only, never while the slot can be looked up; all are atomics so
/// that a look-up on another thread of the host reads no torn value.
#[repr(C)]
pub(crate) struct Slot {
    pub(crate) handle: AtomicU32,
    /// Element tag, [`MUTABLE`], [`SUB_BUFFER`], [`IN_USE`], [`PINNED`]; 0 in a slot that is free.
    pub(crate) tag: AtomicU32,
    pub(crate) data: AtomicPtr<u8>,
    pub(crate) len: AtomicUsize,
    base: AtomicPtr<Slot>,
    pub(crate) borrow: Flag,
    pub(crate) references: AtomicU32,
    js_holds: AtomicU32,
    storage_kind: AtomicU32,
    storage_word: AtomicPtr<u8>,
    /// The handle this slot gives out next.
    pub(super) next_handle: AtomicU32,
    /// The slot below this one in the free list; the next borrowed part in the ledger, of a whole the first.
    pub(crate) link: AtomicU32,
    pub(super) extras: AtomicPtr<SlotExtras>,
    /// The module whose code made it, and may have to give it back: 0 for the host, else a plugin.
    pub(crate) module: AtomicU32,
}

/// What stands in place of the handle of slot `index` while it has none: generation 0 of another slot.
const fn dead(index: u32) -> u32 {
    index ^ 1
}

/// `zeroed()`, which is a constant but for loom.
macro_rules! zeroed {
    ($body:expr) => {
        /// A slot that is all zeros: not yet of any index.
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
        // SAFETY: set by `fill` to a slot that outlives every use of this one: a part counts as a holder of its whole.
        unsafe { &*self.base.load(Ordering::Relaxed) }
    }

    /// Makes a slot fresh from the free list stand for `len` elements at `data`, with one holder.
    pub(super) fn fill(
        &'static self,
        shape: u32,
        data: *mut u8,
        len: usize,
        storage: Storage,
        base: Option<&'static Slot>,
    ) {
        self.set_tag(shape);
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

    /// The addresses of its bytes.
    pub(crate) fn bytes(&self) -> Range<usize> {
        let start = self.data.load(Ordering::Relaxed).addr();
        start..start + self.byte_length()
    }

    pub(crate) fn byte_length(&self) -> usize {
        self.len.load(Ordering::Relaxed) * size_of_tag(self.type_tag())
    }

    /// Says what the slot holds: an element tag, and `MUTABLE` or `SUB_BUFFER`.
    pub(crate) fn set_tag(&self, shape: u32) {
        self.tag.store(shape | IN_USE, Ordering::Relaxed);
    }

    pub(crate) fn type_tag(&self) -> u32 {
        self.tag.load(Ordering::Relaxed) & !(MUTABLE | SUB_BUFFER | IN_USE | PINNED)
    }

    /// True if it is neither free nor yet unused.
    pub(crate) fn is_in_use(&self) -> bool {
        self.tag.load(Ordering::Relaxed) & IN_USE != 0
    }

    pub(crate) fn is_instance(&self) -> bool {
        self.tag.load(Ordering::Relaxed) & CLASS != 0
    }

    pub(crate) fn is_sub_buffer(&self) -> bool {
        self.tag.load(Ordering::Relaxed) & SUB_BUFFER != 0
    }

    /// True if it may be written to, as far as borrows allow.
    pub(crate) fn is_mutable(&self) -> bool {
        self.tag.load(Ordering::Relaxed) & self.base().tag.load(Ordering::Relaxed) & MUTABLE != 0
    }

    /// The slot that holds these elements for those who only read: the whole where that is immutable, else the frozen part.
    pub(crate) fn slot_for_readers(&'static self) -> &'static Slot {
        if self.base().is_mutable() && !self.is_mutable() { self } else { self.base() }
    }

    pub(crate) fn storage(&self) -> Storage {
        let word = self.storage_word.load(Ordering::Relaxed);
        match self.storage_kind.load(Ordering::Relaxed) {
            0 => Storage::Vec { capacity: word.addr() },
            1 => Storage::Owner { owner: word.cast() },
            // SAFETY: set from such a reference, on whose slot this one holds a count.
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

    /// Gives a handle of this slot to JavaScript, in exchange for one count that the caller holds.
    pub(crate) fn give_to_js(&'static self) -> u32 {
        // The first hold and the handle appear together, so other threads wait for both.
        let is_first = if ONE_THREAD { self.add_js_hold() } else { TABLE.free.with(|_| self.add_js_hold()) };
        if is_first {
            TABLE.live_handles.fetch_add(1, Ordering::Relaxed);
        } else {
            // JavaScript has its count already, so the caller's is one too many; it is not the last.
            self.references.fetch_sub(1, Ordering::AcqRel);
        }
        self.handle.load(Ordering::Acquire)
    }

    /// Adds a hold; `true` if it is the first one, which makes the handle.
    fn add_js_hold(&self) -> bool {
        let holders = self.js_holds.load(Ordering::Relaxed);
        self.js_holds.store(holders + 1, Ordering::Relaxed);
        if holders == 0 {
            self.handle.store(self.next_handle.load(Ordering::Relaxed), Ordering::Release);
        }
        holders == 0
    }

    /// Takes back one of JavaScript's holds. With the last one the handle dies, and JavaScript's count is now the
    /// caller's: `true`.
    pub(crate) fn take_from_js(&self) -> bool {
        self.take_back(true)
    }

    /// The same for a slot that JavaScript had for the length of a call only, and cannot know any more: the next one gets
    /// the same handle.
    pub(crate) fn take_back_temporary(&self) -> bool {
        self.take_back(false)
    }

    fn take_back(&self, spend: bool) -> bool {
        let is_last =
            if ONE_THREAD { self.end_js_hold(spend) } else { TABLE.free.with(|_| self.end_js_hold(spend)) };
        if is_last {
            TABLE.live_handles.fetch_sub(1, Ordering::Relaxed);
        }
        is_last
    }

    fn end_js_hold(&self, spend: bool) -> bool {
        let holders = self.js_holds.load(Ordering::Relaxed);
        // JavaScript has freed it in the middle of the call that takes it.
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

    /// Adds one count.
    ///
    /// # Panics
    ///
    /// Never in practice: aborts the process at 2^31 counts, before the count could wrap round.
    #[inline]
    pub(crate) fn hold(&self) {
        if self.references.fetch_add(1, Ordering::Relaxed) > u32::MAX / 2 {
            std::process::abort();
        }
    }
}
