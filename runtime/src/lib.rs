//! Rust functions for JavaScript at the price of a bare wasm call, over buffers that both sides hold.
//!
//! ```
//! use wasm_lend::export;
//!
//! /// The sum of all values, wrapping round at 256.
//! #[export]
//! pub fn sum(values: &[u8]) -> u8 {
//!     values.iter().fold(0, |sum, value| sum.wrapping_add(*value))
//! }
//!
//! assert_eq!(sum(&[200, 55, 2]), 1); // still an ordinary function
//! ```
//!
//! ```js
//! import { lend, sum } from './pkg/my_crate.js';
//!
//! using values = lend.createReadOnlyBuffer(new Uint8Array([200, 55, 2])); // one copy
//! sum(values); // 1: no copy, however long it is
//! ```
//!
//! # What crosses, and what it costs
//!
//! | Rust | JavaScript may pass | cost |
//! |---|---|---|
//! | `&[T]` | `ReadOnlyBuffer`, `MutableBuffer` | O(1): a shared borrow for the call |
//! | | a plain typed array | one copy in |
//! | `&mut [T]` | `MutableBuffer` | O(1): an exclusive borrow for the call |
//! | | a plain typed array | one copy in, one copy out |
//! | [`Buffer<T>`] | `ReadOnlyBuffer` | O(1): one more holder |
//! | [`BufferMut<T>`], `Vec<T>` | `MutableBuffer` | O(1): moved, the JavaScript handle is spent |
//! | any of these three | a plain typed array | one copy in |
//! | integers, `f32`, `f64`, `bool`, `char` | their twins, `BigInt` from 64 bits on | checked: 300 is no `u8` |
//! | `&str`, `Cow<str>`, `String`, `Box<str>` | a string | encoded as UTF-8 |
//! | `Option<…>` of these | likewise, `undefined` or `null` | |
//! | [`JsRef<'_>`](JsRef), [`JsObject`] | any value | an index: borrowed for the call, or owned |
//! | [`Callback<'_, (A, B), R>`](Callback), [`Function<(A, B), R>`](Function) | a function | likewise |
//! | `&T`, `&mut T`, `T` of an exported struct | an instance | O(1): borrowed, or moved |
//! | [`JsValue`], `&JsValue`, classes of js-sys and web-sys | any value; an instance | |
//! | `Vec<String>`, arrays, tuples, [`Serde<T>`], types that implement [`FromJs`] | what they are made of | converted |
//!
//! A `Vec<T>` is returned as a plain typed array (one copy out), a [`Buffer<T>`] or [`BufferMut<T>`] as a handle
//! (O(1)), a `Result` as its value or an exception, an `async fn` as a promise (which an [`AbortSignal`] cancels), [`Iter<T>`] and
//! [`AsyncIter<T>`] as iterables, [`export_closure`]'s as functions. `T` is any [`Element`], a [`Record`] too.
//!
//! # Parts, release, checks
//!
//! [`Buffer::slice`], [`Buffer::cast`] and [`BufferMut::split_at_mut`] share one allocation, as `subarray()` and `as()` do in JavaScript;
//! borrows are by the range of bytes. [`Buffer::on_release`] tells when the memory has gone, [`BufferMut::try_zeroed`] has an error where
//! there is none. With debug assertions, or the feature `checks`, refusals name who holds a buffer.
//!
//! # Features
//!
//! - `serde` (default): [`Serde<T>`].
//! - `bytes`: `bytes::Bytes` and [`Buffer<u8>`](Buffer) become each other, without a copy.
//! - `half`: `half::f16` as an element type.
//! - `ndarray`: arrays and views as arguments and results, with their shape.
//! - `checks`, `no-checks`: the checks of debug builds in any build, or in none.
//!
//! # Refusals
//!
//! Whatever JavaScript passes instead is refused before the function runs: a `LendError` with a stable `code` and a
//! message that names the function, the argument, what it takes and what came. Nothing stays borrowed.

// What one kind of build needs is dead code in the others. Only packages for wasm that load plugins need everything, so there the
// compiler looks for what nobody uses.
#![cfg_attr(
    not(all(target_arch = "wasm32", feature = "plugin-host", not(wasm_lend_plugin))),
    allow(dead_code, unused_imports)
)]

#[cfg(all(target_arch = "wasm32", panic = "unwind", any(wasm_lend_plugin, feature = "plugin-host")))]
compile_error!(
    "plugins and the packages that load them need `panic = \"abort\"`: what unwinds cannot go through frames of several modules"
);

#[cfg(all(target_arch = "wasm32", target_feature = "atomics"))]
compile_error!(
    "wasm-lend does not support shared-memory builds yet: build without `-C target-feature=+atomics`"
);

// wasm-bindgen makes packages of 32-bit modules without a system, whose values of JavaScript are references.
#[cfg(target_arch = "wasm64")]
compile_error!(
    "wasm-lend compiles for 32-bit wasm only: wasm-bindgen makes no packages of 64-bit modules\nhint: `--target wasm32-unknown-unknown`"
);
#[cfg(all(target_arch = "wasm32", target_os = "wasi"))]
compile_error!(
    "wasm-lend compiles for JavaScript, and this is a target of WASI, of which wasm-bindgen makes no packages\nhint: `--target wasm32-unknown-unknown`"
);
#[cfg(all(target_arch = "wasm32", not(target_feature = "reference-types")))]
compile_error!(
    "wasm-lend needs reference types, which this build switches off: wasm-bindgen cannot make a package of it\nhint: leave `-C target-cpu=mvp` away, or add `-C target-feature=+reference-types`"
);

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod active_call;
// The one choice between package and plugin.
#[cfg_attr(not(wasm_lend_plugin), path = "package/mod.rs")]
#[cfg_attr(wasm_lend_plugin, path = "plugin/mod.rs")]
mod backend;
mod borrow;
mod buffer;
mod call_record;
mod call_site;
mod callback;
mod checks;
mod class;
mod closure;
mod convert;
mod direct;
mod element;
#[cfg(all(test, loom))]
mod every_order;
mod fault;
mod fingerprint;
mod guard;
mod host_static;
mod key;
mod ledger;
mod memory;
mod numbers;
mod object;
mod pending_drops;
mod raw;
mod record;
mod release;
mod scratch;
mod sync;
mod table;
mod temporary;
mod text;
mod ts;
mod unwind;
mod value;

pub use backend::JsValue;
pub use backend::api::*;
pub(crate) use backend::host_static::host_static;
pub(crate) use backend::js;
pub use buffer::{Buffer, BufferMut, CastError, OutOfMemory};
pub use callback::{Callback, Function};
pub use closure::{ExportedClosure, Outcome, export_closure, export_closure_mut, export_closure_once};
pub use element::{Clamped, Element};
pub use object::{Exception, JsObject, JsRef, JsType, Parameter, Parameters, Pass, PassAll};
pub use record::Record;
pub use ts::Ts;
pub use value::{ConversionError, FromJs, IntoJs};

/// Makes a function, or every `pub fn` of an inline module, callable from JavaScript.
///
/// See the [crate's page](crate) for the types that may cross.
///
/// ```
/// use wasm_lend::export;
///
/// #[export]
/// pub mod filters {
///     /// Multiplies every sample.
///     pub fn amplify(samples: &mut [f32], gain: f32) {
///         samples.iter_mut().for_each(|sample| *sample *= gain);
///     }
///
///     fn not_exported() {}
/// }
/// # filters::amplify(&mut [1.0], 2.0);
/// ```
///
/// The functions are unchanged and stay callable from Rust. In JavaScript each is a named export of the package, with
/// a declaration in its `.d.ts` that carries the doc comment.
///
/// # Options
///
/// - `name = "…"`: another name in JavaScript.
/// - `namespace = "…"`: the functions are members of an object of this name. All functions of a namespace stand in one module.
/// - `skip_typescript`: no declaration.
/// - `ts_return = "…"`: the TypeScript of the result.
/// - `crate = path`: names this crate where it is not `::wasm_lend`. The only one for a struct or `impl`, with `skip_typescript`.
///
/// On a function inside an exported module they stand in `#[lend(…)]`. On a parameter `#[lend(name = …)]` gives another name,
/// `#[lend(ts = "…")]` another TypeScript, and `#[lend(default = …)]` an expression for what is left out:
///
/// ```
/// use wasm_lend::export;
///
/// #[export(name = "fadeOut")]
/// pub fn fade_out(samples: &mut [f32], #[lend(default = 0.5)] rate: f32) {
///     samples.iter_mut().for_each(|sample| *sample *= rate);
/// }
/// ```
///
/// `rename_all = "camelCase"` on a module, a struct or an `impl` block gives what is inside, and its parameters, names as JavaScript writes them.
/// What `#[cfg]` switches off is not exported. A function that is exported by itself needs not be `pub`: JavaScript is not another crate.
///
/// # Classes
///
/// On a struct and on its `impl` blocks it makes a class. Public fields are read and written (`#[lend(readonly)]`, `#[lend(skip)]`), as
/// clones, those of a tuple struct as `0`, `1`; of each block the `pub fn`s are members: `new` that returns `Self` is the constructor, as is any `#[lend(constructor)]`; those with
/// a receiver are methods, `#[lend(getter)]`s or `#[lend(setter)]`s, all others statics. `#[lend(skip)]` leaves one out.
///
/// ```
/// use wasm_lend::export;
///
/// #[export]
/// pub struct Counter {
///     #[lend(readonly)]
///     pub count: u32,
///     seen: Vec<f32>,
/// }
///
/// #[export]
/// impl Counter {
///     pub fn new() -> Self {
///         Counter { count: 0, seen: Vec::new() }
///     }
///
///     pub fn add(&mut self, value: f32) -> u32 {
///         self.seen.push(value);
///         self.count += 1;
///         self.count
///     }
///
///     /// A buffer over the counter's own memory, which stays borrowed as long as JavaScript holds it.
///     pub fn seen(&self) -> &[f32] {
///         &self.seen
///     }
/// }
/// # assert_eq!(Counter::new().add(1.0), 1);
/// ```
///
/// A method may return `&[T]` or `&mut [T]` (a buffer; O(1)), `&str` (copied), and whatever functions return. An `async` method
/// has its instance borrowed until the promise settles.
///
/// # Doc comments
///
/// They become JSDoc: of the sections `# Arguments` (a list of `` `name` - text ``), `# Returns`, `# Errors` and `# Panics` the
/// tags `@param`, `@returns` and `@throws`.
pub use backend::export;
/// Functions of the host, or of another plugin, for a plugin to call.
///
/// The signatures are compared when the plugin is loaded. Slices, strings and vectors cross as they are, and a buffer as its
/// slot: all modules share one memory. O(1), and no JavaScript in between.
///
/// ```ignore
/// use wasm_lend::{Buffer, import};
///
/// #[import("app2")]
/// unsafe extern "C" {
///     /// Rendered for this plugin.
///     pub fn render(size: u32) -> Buffer<u8>;
/// }
/// ```
///
/// `"host"` is the package that loads the plugin. The error of a `Result` is a `String` with the message.
///
/// # Panics
///
/// On the host of a test, where there are no modules. A panic of the function called is the end of its module, and goes through the caller as an exception of JavaScript does.
pub use backend::import;
pub use wasm_lend_macros::{FromJs, IntoJs, Record};
