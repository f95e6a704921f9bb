//! What the crate is compiled into, which the features of wasm-lend say.

/// A module that a package loads.
pub const PLUGIN: bool = cfg!(feature = "plugin");

/// A package that loads such modules, or one of them: their functions call each other.
pub const LINKED: bool = cfg!(any(feature = "plugin", feature = "plugin-host"));

/// The crate that is being compiled, as messages and other modules name it.
pub fn crate_name() -> String {
    std::env::var("CARGO_PKG_NAME").unwrap_or_else(|_| "plugin".to_owned())
}
