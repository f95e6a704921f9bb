//! What JavaScript calls the classes of js-sys and web-sys.

/// The name in TypeScript of a type that is known by its name alone.
pub fn in_javascript(rust: &str) -> String {
    let renamed = match rust {
        "JsString" => "string",
        "Number" => "number",
        "Boolean" => "boolean",
        "BigInt" => "bigint",
        "JsValue" => "any",
        "Object" => "object",
        "Function" => "Function",
        "Array" => "Array<any>",
        "Promise" => "Promise<any>",
        "Map" => "Map<any, any>",
        "Set" => "Set<any>",
        "WeakMap" => "WeakMap<any, any>",
        "Iterator" => "Iterator<any>",
        "JsError" => "Error",
        _ => return initials(rust),
    };
    renamed.to_owned()
}

/// True if a type of js-sys has type parameters that TypeScript has too.
pub fn is_generic(rust: &str) -> bool {
    ["Array", "Promise", "Map", "Set", "WeakMap", "Iterator", "AsyncIterator"].contains(&rust)
}

/// web-sys writes `HtmlElement` where browsers write `HTMLElement`.
fn initials(rust: &str) -> String {
    const INITIALS: [(&str, &str); 13] = [
        ("HtmlCollection", "HTMLCollection"),
        ("Html", "HTML"),
        ("Svg", "SVG"),
        ("Css", "CSS"),
        ("DomException", "DOMException"),
        ("Dom", "DOM"),
        ("WebGl2", "WebGL2"),
        ("WebGl", "WebGL"),
        ("Gpu", "GPU"),
        ("Idb", "IDB"),
        ("Rtc", "RTC"),
        ("Xml", "XML"),
        ("Url", "URL"),
    ];
    // A whole word only: `Urls` and `Domain` are somebody's own.
    let found = INITIALS.iter().find_map(|(from, to)| {
        let rest = rust.strip_prefix(from)?;
        (!rest.starts_with(char::is_lowercase)).then(|| format!("{to}{rest}"))
    });
    found.unwrap_or_else(|| rust.to_owned())
}
