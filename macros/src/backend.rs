//! The kind of module that a crate is compiled into.
//!
//! wasm-lend knows whether it is compiled for a plugin, and re-exports the macros of that kind.

/// What the macro generates for.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Backend {
    /// A package that wasm-bindgen makes.
    #[default]
    Package,
    /// A package that loads plugins.
    Host,
    /// A module that a package loads.
    Plugin,
}

impl Backend {
    /// The backend of a crate that is no plugin.
    pub fn of_package() -> Backend {
        if cfg!(feature = "plugin-host") { Backend::Host } else { Backend::Package }
    }

    pub fn is_plugin(self) -> bool {
        self == Backend::Plugin
    }

    /// True if functions of other modules call those of this one.
    pub fn links_modules(self) -> bool {
        self != Backend::Package
    }

    /// A function's name in messages and in calls by name. A plugin's functions are called through its host, so the name of the plugin
    /// comes first.
    pub fn path(self, own: String) -> String {
        if self.is_plugin() { format!("{}.{own}", crate_name()) } else { own }
    }
}

/// The crate that is being compiled, as messages and other modules name it.
pub fn crate_name() -> String {
    std::env::var("CARGO_PKG_NAME").unwrap_or_else(|_| "plugin".to_owned())
}
