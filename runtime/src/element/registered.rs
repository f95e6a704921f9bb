//! The layouts of element types that the user's crate defines: records.

use core::alloc::Layout;
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use crate::sync::Lock;

/// The element tag of a record type, which the type gets when the tag is first asked for.
pub struct Registration(AtomicU32);

/// The first tag of a record. Lower tags are numbers.
pub(crate) const FIRST: u32 = 16;

/// A tag without a type. A record gets it if there is no memory for its layout, so there are no buffers of it.
const NO_TYPE: u32 = FIRST - 1;

#[cfg(not(loom))]
crate::host_static! {
    /// The layout of one record, by tag from [`FIRST`] on.
    static LAYOUTS: Lock<Vec<Layout>> = Lock::new(Vec::new());
}
#[cfg(loom)]
loom::lazy_static! {
    pub(crate) static ref LAYOUTS: Lock<Vec<Layout>> = Lock::new(Vec::new());
}

crate::host_static! {
    /// True once a record has been registered. A static of its own: the compiler sees that nothing sets it in a package
    /// without records, and leaves out what depends on it.
    static ANY: AtomicBool = AtomicBool::new(false);
}

/// True if there may be memory of records.
pub(crate) fn any() -> bool {
    ANY.load(Ordering::Relaxed)
}

impl Registration {
    /// The registration of a type that has no tag yet.
    #[must_use]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Registration(AtomicU32::new(0))
    }

    pub(crate) fn tag(&self, layout: Layout) -> u32 {
        match self.0.load(Ordering::Acquire) {
            0 => self.register(layout),
            tag => tag,
        }
    }

    #[cold]
    fn register(&self, layout: Layout) -> u32 {
        ANY.store(true, Ordering::Relaxed);
        LAYOUTS.with(|layouts| {
            // Another thread may have registered the type meanwhile.
            let known = self.0.load(Ordering::Acquire);
            if known != 0 {
                return known;
            }
            if layouts.try_reserve(1).is_err() {
                return NO_TYPE;
            }
            let tag = FIRST + layouts.len() as u32;
            layouts.push(layout);
            self.0.store(tag, Ordering::Release);
            tag
        })
    }
}

/// The layout of `len` records of type `tag`.
pub(crate) fn layout_of(tag: u32, len: usize) -> Option<Layout> {
    if !any() {
        return None;
    }
    let index = tag.checked_sub(FIRST)? as usize;
    let one = LAYOUTS.with(|layouts| layouts.get(index).copied())?;
    // Like `Layout::array`: the size of a type is a multiple of its alignment.
    Layout::from_size_align(one.size().checked_mul(len)?, one.align()).ok()
}
