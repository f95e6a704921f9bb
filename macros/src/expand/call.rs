//! The call of a raw export in a JavaScript shim: what is passed, and what is made of the result.

use quote::ToTokens;

use super::scalar;
use crate::model::{Argument, ArgumentType, Element, Function, MemberKind, ResultKind, Scalar};

/// Makes the expression of a result of that of the raw one.
type Made = Box<dyn Fn(&str) -> String>;

/// The call of the raw export, and what makes the result of it.
pub struct Call {
    pub raw: String,
    pub result: Option<Made>,
    /// True if `result` looks at the raw result more than once, or at what the call left behind.
    pub takes_two: bool,
}

impl Call {
    pub fn in_one(&self) -> String {
        self.returned(&self.raw)
    }

    pub fn returned(&self, raw: &str) -> String {
        match &self.result {
            Some(result) => format!("return {};", result(raw)),
            None => format!("{raw};"),
        }
    }
}

pub fn call(function: &Function, elements: &[String]) -> Call {
    let mut texts = Vec::new();
    let passed: Vec<_> =
        function.arguments.iter().flat_map(|argument| passed(function, argument, &mut texts)).collect();
    let mut raw = format!("{}$raw({})", function.shim_name(), passed.join(", "));
    if matches!(function.result.kind, ResultKind::Object) && !function.is_async {
        // At once, before its place is freed.
        return Call {
            raw: format!("$object({raw})"),
            result: Some(Box::new(str::to_owned)),
            takes_two: false,
        };
    }
    if function.refuses_in_result() {
        raw = format!("{}({raw})", checked(&function.result.kind));
    }
    let option = function.result.option;
    let make = |maker: &str, element: Option<String>| -> Made {
        let (maker, element) =
            (maker.to_owned(), element.map_or_else(String::new, |element| format!(", {element}")));
        Box::new(move |raw| {
            let made = format!("{maker}({raw}{element})");
            if option { format!("{raw} === 0 ? undefined : {made}") } else { made }
        })
    };
    // For the error, if JavaScript cannot make it.
    let named = || format!("'{}'", function.path());
    let result: Option<Made> = match &function.result.kind {
        _ if function.is_async => Some(Box::new(|_| "$value()".to_owned())),
        ResultKind::Unit => None,
        ResultKind::Scalar(kind) => {
            let kind = *kind;
            if function.refuses_in_result() && matches!(kind, Scalar::U32 | Scalar::Usize) {
                // The test of it makes it unsigned: once more would be one operation too many for Firefox to inline the shim.
                return Call { raw, result: Some(Box::new(str::to_owned)), takes_two: false };
            }
            Some(Box::new(move |raw| scalar::result(kind, option, raw)))
        }
        ResultKind::Text(_) => Some(make("$string", Some(named()))),
        ResultKind::Copied(element) => {
            Some(make("$copyOut", Some(format!("{}, {}", tag(element, elements), named()))))
        }
        ResultKind::Instance if is_constructor(function) => Some(Box::new(|raw| format!("{raw} >>> 0"))),
        ResultKind::Instance => Some(make("make$", None)),
        ResultKind::ReadOnly(element) | ResultKind::Inside(element) => {
            Some(make("$readOnly", Some(tag(element, elements))))
        }
        ResultKind::Mutable(element) | ResultKind::InsideMut(element) => {
            Some(make("$mutable", Some(tag(element, elements))))
        }
        ResultKind::Value | ResultKind::Object => Some(Box::new(|_| "$value()".to_owned())),
    };
    // A value is fetched after the call, in a statement of its own.
    let takes_two = option || function.is_async;
    Call { raw, result, takes_two }
}

fn is_constructor(function: &Function) -> bool {
    function.member.as_ref().is_some_and(|member| member.kind == MemberKind::Constructor)
}

/// What throws in place of a result that stands for a refusal.
fn checked(result: &ResultKind) -> &'static str {
    match result {
        ResultKind::Scalar(Scalar::F32 | Scalar::F64) => "$checkedFloat",
        ResultKind::Scalar(Scalar::U64 | Scalar::I64) => "$checkedWide",
        ResultKind::Scalar(Scalar::U32 | Scalar::Usize) => "$checkedWord",
        _ => "$checked",
    }
}

/// The tag of an element type, as an expression.
pub fn tag(element: &Element, elements: &[String]) -> String {
    match element {
        Element::Number(tag) => tag.to_string(),
        Element::Named(ty) => {
            let tokens = ty.to_token_stream().to_string();
            let place = elements.iter().position(|element| *element == tokens).unwrap_or(0);
            format!("tags$[{place}]")
        }
    }
}

/// True if the argument may be `undefined` or `null` for the shim.
pub fn may_be_absent(argument: &Argument) -> bool {
    argument.option || argument.default.is_some()
}

/// The raw arguments. Strings are written to memory last of all: nothing may come between that and the call.
fn passed(function: &Function, argument: &Argument, texts: &mut Vec<String>) -> Vec<String> {
    let name = &argument.name;
    match argument.kind {
        ArgumentType::Scalar(kind) => scalar::passed(kind, may_be_absent(argument), name),
        ArgumentType::Text(_) => {
            let encode = if texts.is_empty() {
                format!("$text({name})")
            } else {
                format!("$textAfter({name}, {})", texts.join(", "))
            };
            // All bits set: no string.
            let text = format!("{name}$ = {encode}");
            texts.push(format!("{name}$"));
            vec![if may_be_absent(argument) { format!("{name} == null ? -1 : {text}") } else { text }]
        }
        ArgumentType::Object(object) => {
            vec![super::objects::passed(function, argument, object)]
        }
        ArgumentType::Value | ArgumentType::Reference | ArgumentType::ExclusiveReference => Vec::new(),
        _ => vec![format!("{name}$")],
    }
}
