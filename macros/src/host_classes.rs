//! The classes of js-sys and web-sys, by their names in JavaScript. The host is the browser or Node, which has these classes.

/// The name in TypeScript of a type that is known by its name alone.
pub enum Name {
    /// A type of JavaScript itself. TypeScript always knows it.
    Known(String),
    /// A class of the browser or of Node, or a type of the user.
    Other(String),
}

/// What a type may be called in TypeScript.
pub fn in_javascript(rust: &str) -> Name {
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
        name if STANDARD.contains(&name) => name,
        _ => return Name::Other(initials(rust)),
    };
    Name::Known(renamed.to_owned())
}

/// Classes of js-sys that every version of TypeScript's library has, and that have no parameters.
const STANDARD: [&str; 22] = [
    "ArrayBuffer",
    "BigInt64Array",
    "BigUint64Array",
    "DataView",
    "Date",
    "Error",
    "EvalError",
    "Float32Array",
    "Float64Array",
    "Int8Array",
    "Int16Array",
    "Int32Array",
    "RangeError",
    "ReferenceError",
    "RegExp",
    "SharedArrayBuffer",
    "SyntaxError",
    "TypeError",
    "Uint8Array",
    "Uint8ClampedArray",
    "Uint16Array",
    "Uint32Array",
];

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
    // A whole word only: `Urls` and `Domain` are types of the user.
    let found = INITIALS.iter().find_map(|(from, to)| {
        let rest = rust.strip_prefix(from)?;
        (!rest.starts_with(char::is_lowercase)).then(|| format!("{to}{rest}"))
    });
    found.unwrap_or_else(|| rust.to_owned())
}
