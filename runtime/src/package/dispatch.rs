//! The part of [`dispatch`](crate::value::dispatch) for wasm-bindgen's own types.

#[cfg(feature = "async")]
pub use super::abort::{OptionalSignal, Signal};
pub use super::bindgen::{
    BorrowedBindgen, ExclusiveBindgen, TakeBindgen, TakeBindgenEnum, TakeBindgenList, TakeOptionalBindgen,
};
