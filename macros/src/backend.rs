//! The kind of module that a crate is compiled into. The features of wasm-lend say which.

/// What the macro generates for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A package of wasm-bindgen's.
    Package,
    /// A package that loads plugins.
    Host,
    /// A module that a package loads.
    Plugin,
}

impl Backend {
    pub fn current() -> Backend {
        match () {
            () if cfg!(feature = "plugin") => Backend::Plugin,
            () if cfg!(feature = "plugin-host") => Backend::Host,
            () => Backend::Package,
        }
    }

    pub fn is_plugin(self) -> bool {
        self == Backend::Plugin
    }

    /// True if functions of other modules call those of this one.
    pub fn links_modules(self) -> bool {
        self != Backend::Package
    }

    /// A function's name in messages and in the registry. A plugin's registry is that of its host, so the plugin's name stands before it.
    pub fn path(self, own: String) -> String {
        if self.is_plugin() { format!("{}.{own}", crate_name()) } else { own }
    }
}

/// The crate that is being compiled, as messages and other modules name it.
pub fn crate_name() -> String {
    std::env::var("CARGO_PKG_NAME").unwrap_or_else(|_| "plugin".to_owned())
}
