//! The members of a class, in the snippet that adds them to it.

use std::fmt::Write;

use super::tags::Tags;
use crate::enumeration::key;
use crate::model::{Function, MemberKind};

/// The function that `lend.callRust` calls: it has the instance as its first parameter, and takes all the rest as one array.
pub fn by_name(function: &Function) -> String {
    let shim = with_array(function).unwrap_or_else(|| function.shim_ident());
    match function.member.as_ref().map(|member| member.kind) {
        Some(MemberKind::Constructor) => format!("(...args) => make$$({shim}(...args))"),
        Some(_) if function.has_receiver() => format!("on$$({shim})"),
        _ => shim,
    }
}

/// A function that takes all the rest of its arguments as one array.
fn with_array(function: &Function) -> Option<String> {
    let rest = &function.rest()?.name;
    let others = function.written_arguments().split_last()?.1;
    let others: String = others.iter().map(|argument| format!("{}, ", argument.name)).collect();
    let shim = function.shim_ident();
    Some(format!("function ({others}{rest}) {{ return {shim}.call(this, {others}...{rest}); }}"))
}

/// Adds the shims to the object of an enum, if they are its functions.
pub fn extension_of_enum(functions: &[Function]) -> String {
    let name =
        functions.first().filter(|first| first.of_enum.is_some()).and_then(|first| first.namespace.as_ref());
    let Some(name) = name else { return String::new() };
    let shims: Vec<_> =
        functions.iter().map(|function| format!("{}: {}", function.name, function.shim_ident())).collect();
    format!("  $extendEnum('{}', {{ {} }});\n", key(name), shims.join(", "))
}

/// Adds the shims to the class.
pub fn extension(functions: &[Function], tags: &Tags) -> String {
    let of_kind = |kind: MemberKind, is_of_class: bool| {
        let of_kind = functions.iter().filter(|function| function.is_of_kind(kind));
        let members: Vec<_> = of_kind
            .filter(|function| function.has_receiver() != is_of_class)
            .map(|function| format!("{}: {}", function.name, function.shim_name()))
            .collect();
        members.join(", ")
    };
    let mut js = format!("  class$$ = tags$$[{}];\n", tags.place_of_class());
    let (getters, setters) = (of_kind(MemberKind::Getter, true), of_kind(MemberKind::Setter, true));
    if getters.is_empty() && setters.is_empty() {
        js.push_str("  $extendClass(class$$, (of, make) => { of$$ = of; make$$ = make; }, {\n");
    } else {
        let _ = writeln!(
            js,
            "  $extendClass(class$$, (of, make, Class) => {{ of$$ = of; make$$ = make; $accessors(Class, {{ {getters} }}, {{ {setters} }}); }}, {{"
        );
    }
    if let Some(constructor) = functions.iter().find(|function| function.is_of_kind(MemberKind::Constructor))
    {
        let _ = writeln!(js, "    construct: {},", constructor.shim_name());
    }
    for (key, kind) in [
        ("methods", MemberKind::Method),
        ("statics", MemberKind::Static),
        ("getters", MemberKind::Getter),
        ("setters", MemberKind::Setter),
    ] {
        let _ = writeln!(js, "    {key}: {{ {} }},", of_kind(kind, kind == MemberKind::Static));
    }
    // What `console.log` and `JSON.stringify` show of an instance.
    let is_field = |function: &&Function| {
        let has_field = function.member.as_ref().is_some_and(|member| member.field.is_some());
        has_field && function.is_of_kind(MemberKind::Getter)
    };
    let fields = functions.iter().filter(is_field).map(|function| format!("'{}'", function.name));
    let fields: Vec<_> = fields.collect();
    if !fields.is_empty() {
        let _ = writeln!(js, "    fields: [{}],", fields.join(", "));
    }
    js + "  });\n"
}
