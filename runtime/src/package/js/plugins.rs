//! The loader of plugins, in packages with the feature `plugin-host`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/plugin/load.js")]
extern "C" {
    /// Lets the package load plugins.
    #[wasm_bindgen(js_name = attachPlugins)]
    fn attach_plugins(table: &JsValue, version: &str);
}

/// Gives this package the loader.
pub(super) fn attach() {
    attach_plugins(&wasm_bindgen::function_table(), env!("CARGO_PKG_VERSION"));
}

// The files that the loader imports.
ship! {
    "/js/plugin/activeCalls.js" ship_active_calls "findFrames"
    "/js/plugin/plugin.js" ship_plugin "modules"
    "/js/plugin/runtime.js" ship_plugin_runtime "runtimeOf"
    "/js/plugin/checks.js" ship_plugin_checks "offer"
    "/js/plugin/imports.js" ship_plugin_imports "importsOf"
    "/js/plugin/link.js" ship_plugin_link "release"
    "/js/plugin/module.js" ship_plugin_module "read"
}
