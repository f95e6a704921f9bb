//! Rust functions for JavaScript, over buffers that both sides hold: no copy, whatever their length.
//!
//! ```
//! use wasm_lend::export;
//!
//! /// The sum of all values, modulo 256.
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
//! sum(values); // 1: no copy, however long the buffer is
//! ```
//!
//! A call with a buffer costs 1.5 to 3.2 times a call of a bare wasm export, depending on the engine. That is a few
//! nanoseconds, and does not depend on the length. For it Rust checks the handle, the element type and the borrow.
//!
//! # What crosses, and what it costs
//!
//! | Rust | JavaScript may pass | cost |
//! |---|---|---|
//! | `&[T]` | `ReadOnlyBuffer`, `MutableBuffer` | O(1): a shared borrow for the call |
//! | | a plain typed array | one copy in |
//! | `&mut [T]` | `MutableBuffer` | O(1): an exclusive borrow for the call |
//! | | a plain typed array | one copy in, one copy out |
//! | `&[T; N]`, `&mut [T; N]` | what a slice takes, in that length | as a slice |
//! | [`Buffer<T>`] | `ReadOnlyBuffer` | O(1): one more reference |
//! | [`BufferMut<T>`], `Vec<T>` | `MutableBuffer` | O(1): moved; the JavaScript object can no longer be used |
//! | any of these three | a plain typed array | one copy in; for a `Vec<T>` of at most 1 KiB two |
//! | integers, `f32`, `f64`, `bool`, `char` | numbers, `BigInt` from 64 bits on, `boolean`, a string | checked: 300 is no `u8` |
//! | `&str`, `Cow<str>`, `String`, `Box<str>` | a string | encoded as UTF-8 |
//! | `Duration` | a number of milliseconds, 0 or more | |
//! | `Option<…>` of these | the same, `undefined` or `null` | |
//! | [`JsRef<'_>`](JsRef), [`JsObject`] | any value | an index: borrowed for the call, or owned |
//! | [`Callback<'_, (A, B), R>`](Callback), [`Function<(A, B), R>`](Function) | a function | as above |
//! | `&T`, `&mut T`, `T` of an exported struct | an instance | O(1): borrowed, or moved |
//! | [`JsValue`], `&JsValue`, classes of js-sys and web-sys | any value; an instance | an index |
//! | an exported enum | a number or a string | |
//! | `Vec<String>`, arrays, tuples, `Serde<T>`, types that derive or implement [`FromJs`] | an object or array | converted |
//!
//! Results: a `Vec<T>` is returned as a plain typed array (one copy out), a [`Buffer<T>`] or [`BufferMut<T>`] as a
//! buffer (O(1)), a `Result` as its value or an exception, an `async fn` as a promise (which an [`AbortSignal`]
//! cancels), [`Iter<T>`] and [`AsyncIter<T>`] as iterables, and what [`export_closure`] makes as a function. `T` is
//! any [`Element`], which includes every [`Record`].
//!
//! # Sub-buffers, release, checks
//!
//! [`Buffer::slice`], [`Buffer::cast`] and [`BufferMut::split_at_mut`] share one allocation, as `subarray()` and
//! `as()` do in JavaScript. Borrows are by range: see the [borrow rules](Buffer#borrow-rules). [`Buffer::on_release`]
//! calls a function when the memory is released. [`BufferMut::try_zeroed`] returns an error if there is no memory.
//! With debug assertions or the feature `checks`, a refusal names the call that holds the buffer.
//!
//! # Threads
//!
//! In a package with shared memory, workers of JavaScript run over one memory, and pass buffers to each other in O(1). [`Buffer`]
//! is `Send` and `Sync`, [`BufferMut`] is `Send`. `docs/THREADS.md` in the repository has the build and the rules.
//!
//! # Refusals
//!
//! If JavaScript passes anything else, the call is refused before the function runs: it throws a `LendError` with a
//! stable `code` and a message that names the function, the argument, what it takes and what came. Nothing stays
//! borrowed, and nothing was moved.
//!
//! # Features
//!
//! On by default is what one expects to work and what costs a package nothing that does not use it, and the messages of
//! panics. An error of the compiler names a feature that is missing.
//!
//! - `async` (default): exported `async fn`s, [`AbortSignal`], [`AsyncIter`]. It costs a package nothing that uses none
//!   of them.
//! - `panic-messages` (default): the message and the place of a panic in `ERR_LEND_PANIC`. They cost every package about
//!   1.5 KB of gzipped wasm, because std's panic hook brings some of `core::fmt`. Without them a panic still throws
//!   `ERR_LEND_PANIC` and ends the instance. Each shim then has a `try`, also those of numbers alone.
//! - `serde`: `Serde<T>`, values that cross by serde. It brings js-sys, which costs every package 1.1 KB of gzipped wasm
//!   and a third of a second of compile time.
//! - `js-sys`: classes of js-sys inside other types, such as `(js_sys::Date, u32)`. As arguments and results of their own
//!   they need no feature.
//! - `bytes`: `bytes::Bytes` and [`Buffer<u8>`](Buffer) become each other, without a copy.
//! - `half`: `half::f16` as an element type.
//! - `ndarray`: ndarray's arrays and views as arguments and results, with their shape.
//! - `rayon`: `#[export(worker, parallel)]`, a function that all threads of the pool run, with rayon.
//! - `by-name`: `lend.callRust()` finds exported functions by their names. Every bundle has every function then.
//! - `checks`: the checks of debug builds in any build. They name the borrower of a buffer, notice changed read-only
//!   memory, and overwrite released memory.
//! - `no-checks`: none of these checks in any build.
//! - `plugin-host`: the package can load plugins by `lend.loadPlugin()`.
//!
//! A crate is compiled as a plugin by `--cfg wasm_lend_plugin`, which is no feature: features of a workspace unify,
//! and a host and its plugins may be in one workspace. `docs/PLUGINS.md` in the repository has the whole command.

// docs.rs sets `docsrs`: items get a badge with the feature that they need. The choice of plugin or package is no
// feature.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(docsrs, doc(auto_cfg(hide(wasm_lend_plugin))))]
// Each kind of build leaves some code unused. Only a wasm package with `plugin-host` uses all of it, so only that build
// warns about dead code.
#![cfg_attr(
    not(all(target_arch = "wasm32", feature = "plugin-host", not(wasm_lend_plugin))),
    allow(dead_code, unused_imports)
)]

#[cfg(all(target_arch = "wasm32", panic = "unwind", any(wasm_lend_plugin, feature = "plugin-host")))]
compile_error!(
    "plugins and the packages that load them need `panic = \"abort\"`: what unwinds cannot go through frames of several modules"
);

#[cfg(all(
    target_feature = "atomics",
    target_arch = "wasm32",
    any(wasm_lend_plugin, feature = "plugin-host")
))]
compile_error!(
    "plugins and the packages that load them need one thread: build them without `-C target-feature=+atomics`"
);
#[cfg(all(target_feature = "atomics", target_arch = "wasm32", panic = "unwind"))]
compile_error!(
    "packages with shared memory need `panic = \"abort\"`: an unwinding panic could not tell the other threads"
);

// wasm-bindgen supports only wasm32-unknown-unknown with reference types.
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
mod file_module;
mod fingerprint;
mod gift;
mod guard;
mod host_static;
mod imported_functions;
mod kept;
mod key;
mod ledger;
mod memory;
mod numbers;
mod object;
#[cfg(feature = "panic-messages")]
mod panic_parts;
mod pending_drops;
mod raw;
mod record;
mod release;
mod scratch;
mod sync;
mod table;
mod temporary;
mod text;
mod threads;
mod trap;
mod ts;
mod unwind;
mod value;

pub use backend::JsValue;
pub use backend::api::*;
// One by one, so that the compiler names the feature that an item needs. It does not for an item of `api::*`.
#[cfg(not(wasm_lend_plugin))]
#[cfg(feature = "async")]
pub use backend::abort::AbortSignal;
#[cfg(not(wasm_lend_plugin))]
#[cfg(feature = "async")]
pub use backend::async_iter::AsyncIter;
pub(crate) use backend::host_static::host_static;
/// What functions of `#[export(worker)]` use while they run: progress, and the end of a call that was aborted.
#[cfg(not(wasm_lend_plugin))]
#[cfg(feature = "async")]
pub use backend::job::worker;
pub(crate) use backend::js;
#[cfg(not(wasm_lend_plugin))]
#[cfg(feature = "serde")]
pub use backend::serde::Serde;
pub use buffer::{Buffer, BufferMut, CastError, OutOfMemory};
pub use callback::{Callback, Function};
pub use closure::{ExportedClosure, Outcome, export_closure, export_closure_mut, export_closure_once};
pub use element::{Clamped, Element};
pub use object::{Exception, JsObject, JsRef, JsType, Parameter, Parameters, Pass, PassAll, PassAsValue};
pub use record::Record;
pub use ts::Ts;
pub use value::{ConversionError, FromJs, IntoJs};

/// Makes a function, or every `pub fn` of an inline module, callable from JavaScript. Of a struct it makes a class, and of
/// an enum an object.
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
/// ```js
/// import { amplify, lend } from './pkg/my_crate.js';
///
/// using samples = lend.createMutableBuffer(new Float32Array([0.5, 0.25]));
/// amplify(samples, 2);    // samples.view is [1, 0.5]
/// ```
///
/// The functions are unchanged and stay callable from Rust. In JavaScript each is a named export of the package. Its
/// declaration in the `.d.ts` carries the doc comment. The [crate's page](crate) lists the types that may cross.
///
/// # Options
///
/// - `name = "…"`: another name in JavaScript. Also on a struct.
/// - `namespace = "…"`: the functions are members of an object of this name. All functions of a namespace must be in
///   one module.
/// - `rename_all = "camelCase"`, on a module, a struct or an `impl` block: the functions, fields and parameters
///   inside get names as JavaScript writes them.
/// - `skip_typescript`: no declaration. `skip_jsdoc`: no comment in the declaration.
/// - `coerce`: numbers and `bool`s are converted as `#[wasm_bindgen]` converts them (20.7 is 20 for an integer, `'3'` is
///   3), and not checked. The feature `coerce` does it for the whole crate.
/// - `ts_return = "…"`: the TypeScript type of the result.
/// - `worker`: the function runs on a pool of workers, and JavaScript gets a promise. Over shared memory nothing is copied.
///   Its arguments are `Send`; see [`worker`].
/// - `variadic`: the last parameter, a `&[T]` or `Vec<T>`, takes the rest of JavaScript's arguments.
/// - `start`: the function runs when the package starts, and is no export. It takes no arguments, and returns nothing or
///   a `Result<(), E>`.
/// - `crate = path`: the path of this crate, if it is not `::wasm_lend`. A struct or `impl` takes only this, `name`,
///   `skip_typescript`, `skip_jsdoc` and `rename_all`.
///
/// On a function inside an exported module the options are written `#[lend(…)]`. A parameter takes
/// `#[lend(name = …)]`, `#[lend(ts = "…")]` and `#[lend(default = …)]`, an expression that is used if the argument is
/// left out:
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
/// Items that `#[cfg]` switches off are not exported. A function that is exported by itself need not be `pub`.
///
/// # Classes
///
/// On a struct and its `impl` blocks the macro makes a JavaScript class.
///
/// - Public fields are properties: read as clones, and written. `#[lend(readonly)]` and `#[lend(skip)]` restrict
///   that, `name = …` and `ts = "…"` change the name and the TypeScript type. The fields of a tuple struct are `0`,
///   `1`, ….
/// - The `pub fn`s of each block are members. `new` that returns `Self` is the constructor, as is a function with
///   `#[lend(constructor)]`. A constructor that returns `None` throws an `Error`. A function with a receiver is a
///   method, a `#[lend(getter)]` or a `#[lend(setter)]`. All others are statics, and getters and setters of the class.
///   `#[lend(skip)]` leaves one out.
/// - A block finds the name of its struct if it stands below it. Above, it needs the same `name = "…"`.
/// - A method may return `&[T]` or `&mut [T]`: a buffer over the instance's memory, in O(1), which keeps the instance
///   borrowed. `&str` is copied.
/// - An `async` method borrows its instance until the promise settles.
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
///     /// A buffer over the counter's own memory. The counter is borrowed for as long as JavaScript holds the buffer.
///     pub fn seen(&self) -> &[f32] {
///         &self.seen
///     }
/// }
/// # assert_eq!(Counter::new().add(1.0), 1);
/// ```
///
/// # Enums
///
/// On an enum without data the macro makes a frozen object of JavaScript, `Pace.Slow`, and in the `.d.ts` a union. A
/// variant is its number, or the string of its `#[lend("…")]`. The `pub fn`s of an exported `impl` block, which stands
/// after the enum, are functions of that object: `self` is their first argument. `name`, `rename_all` and
/// `#[lend(name = "…")]` on a variant give other names. Enums with data derive [`FromJs`] and [`IntoJs`].
///
/// ```
/// use wasm_lend::export;
///
/// #[export]
/// pub enum Pace {
///     Fast,
///     Slow = 10,
/// }
///
/// #[export]
/// impl Pace {
///     pub fn label(&self) -> &str {
///         match self {
///             Pace::Fast => "fast",
///             Pace::Slow => "slow",
///         }
///     }
/// }
/// # assert_eq!(Pace::Slow.label(), "slow");
/// ```
///
/// ```js
/// Pace.label(Pace.Slow);
/// ```
///
/// # Doc comments
///
/// They become JSDoc. The sections `# Arguments` (a list of `` `name` - text ``), `# Returns`, `# Errors` and
/// `# Panics` become the tags `@param`, `@returns` and `@throws`.
pub use backend::export;
/// Functions of the host or of another plugin, for a plugin to call.
///
/// Slices, strings and vectors cross as they are, and a buffer as its slot: all modules share one memory. A call is
/// O(1), with no JavaScript in between. The signatures are compared when the plugin is loaded.
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
/// If the crate was not compiled as a plugin, for example in a native test. A panic of the called function ends its
/// module, and goes through the caller like an exception of JavaScript.
pub use backend::import;
pub use wasm_lend_macros::{FromJs, IntoJs, Record};
