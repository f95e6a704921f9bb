//! Whether host and plugin agree on the layout of the host statics.

/// A number that differs if host and plugin would read the host statics differently. It covers the version of this
/// crate, whether it has the checks, the list of statics, and the layouts that the compiler chooses.
pub(crate) fn fingerprint() -> u32 {
    let sizes = [
        size_of::<crate::table::Table>(),
        size_of::<crate::table::Slot>(),
        size_of::<core::any::TypeId>(),
        usize::from(crate::checks::ENABLED),
    ];
    // FNV-1a.
    let mix = |hash: u32, word: usize| (hash ^ word as u32).wrapping_mul(0x0100_0193);
    let version = env!("CARGO_PKG_VERSION").bytes();
    let statics = crate::host_static::NAMES.into_iter().flat_map(str::bytes);
    sizes
        .into_iter()
        .chain(version.chain(statics).map(usize::from))
        .chain(probe::words())
        .fold(0x811c_9dc5, mix)
}

/// The layouts that the compiler or std chooses.
mod probe {
    /// The words of a value. Only for types of whole words, all of them initialised.
    fn words_of<T>(value: &T) -> &[usize] {
        let words = core::ptr::from_ref(value).cast::<usize>();
        // SAFETY: as many words as the live value has.
        unsafe { core::slice::from_raw_parts(words, size_of::<T>() / size_of::<usize>()) }
    }

    pub(super) fn words() -> impl Iterator<Item = usize> {
        let mut list = Vec::<u64>::with_capacity(7);
        list.extend([0; 3]);
        // Which word is which: the address differs from run to run.
        let known = [list.as_ptr().addr(), list.capacity(), list.len()];
        let of_list = words_of(&list).iter().map(|word| known.iter().position(|it| it == word).unwrap_or(9));
        let of_list: Vec<usize> = of_list.collect();
        let text = "text";
        let of_text: Vec<usize> =
            words_of(&text).iter().map(|word| usize::from(*word == text.len())).collect();
        let layout = words_of(&core::alloc::Layout::new::<[u16; 3]>()).to_vec();
        let block = words_of(&crate::text::sample_block()).to_vec();
        of_list.into_iter().chain(of_text).chain(layout).chain(block)
    }
}
