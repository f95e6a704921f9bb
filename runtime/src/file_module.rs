//! `exports!`: the form of `#[export]` for a module that is a file.

/// Exports every `pub fn` of a file, as [`#[export]`](macro@crate::export) does on an inline module.
///
/// The compiler does not let an attribute see into a file: `#[export] mod filters;` is refused. Functions with an
/// attribute each work, but each becomes a file of the package. Functions of one `exports!` share one, so a page without
/// a bundler loads fewer files. A file can have one `exports!`.
///
/// ```
/// # mod filters {
/// use wasm_lend::exports;
///
/// exports! {
///     #![export(rename_all = "camelCase")]
///
///     /// Multiplies every sample.
///     pub fn amplify_all(samples: &mut [f32], gain: f32) {
///         samples.iter_mut().for_each(|sample| *sample *= clamped(gain));
///     }
/// }
///
/// fn clamped(gain: f32) -> f32 {
///     gain.clamp(0.0, 1.0)
/// }
/// # }
/// # let mut samples = [1.0];
/// # filters::amplify_all(&mut samples, 0.5);
/// # assert_eq!(samples, [0.5]);
/// ```
///
/// `#![export(…)]` takes the options of the attribute. The functions are those of the file: they see all its items, and
/// other modules call them as `filters::amplify_all`.
#[macro_export]
macro_rules! exports {
    (#![export($($options:tt)*)] $($item:item)*) => {
        #[$crate::export($($options)*)]
        mod __exports {
            #[allow(unused_imports)]
            use super::*;
            $($item)*
        }
        #[allow(unused_imports)]
        pub use __exports::*;
    };
    ($($item:item)*) => {
        $crate::exports! { #![export()] $($item)* }
    };
}
