//! The JavaScript half of a function's shim.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::call::Call;
use super::handles::{self, Handle};
use super::objects;
use super::tags::Tags;
use crate::form::{Argument, ResultCrossing};
use crate::model::Function;
use crate::numbers::Element;

/// The shim: tests the arguments, gets their handles, calls the export, and makes the result.
pub fn shim(function: &Function, tags: &Tags) -> String {
    let mut names: Vec<_> =
        function.written_arguments().iter().map(|argument| argument.name.clone()).collect();
    if let (Some(_), Some(last)) = (function.rest(), names.last_mut()) {
        last.insert_str(0, "...");
    }
    if function.worker.is_some() {
        names.push("options$$".to_owned());
    }
    let asynchronous = if function.is_async { "async " } else { "" };
    let (ident, name, names) = (function.shim_ident(), &function.name, names.join(", "));
    // A function expression's own name is known only inside of it, where nothing else has that name. `var`, because engines test at each
    // access whether a `let` is initialised.
    let mut js = if function.is_export() {
        format!("export var {ident} = {asynchronous}function {name}({names}) {{\n")
    } else {
        format!("{asynchronous}function {ident}({names}) {{\n")
    };
    js.push_str(&coerced(function));
    js.push_str(&tests(function));
    js.push_str(&rest(function, tags));
    js.push_str(&packs(function, tags));
    js.push_str(&job(function));
    let handles = handles::of(function, tags);
    let texts: Vec<_> = texts(function).map(|text| format!("{text} = 0")).collect();
    if !texts.is_empty() {
        let _ = writeln!(js, "  let {};", texts.join(", "));
    }
    js.push_str(&objects::locals(function));
    let call = Call::new(function, tags);
    js.push_str(&if function.has_ends() {
        with_ends(function, tags, &handles, &call)
    } else {
        // The shim stays as short as it can be: engines inline by size.
        handles::reads(function, &handles, true, "  ") + &caught(function, tags, &call, "  ")
    });
    js.push_str("}\n");
    js
}

/// Reads the options of a call that runs on another thread. A signal that has aborted ends the call here.
fn job(function: &Function) -> String {
    if function.worker.is_none() {
        return String::new();
    }
    let names: Vec<_> = function.arguments.iter().map(|argument| argument.name.as_str()).collect();
    format!("  const job$$ = $job(options$$, {}, [{}]);\n", function.about(), names.join(", "))
}

/// Converts numbers before anything else: a `valueOf` may call this package again.
fn coerced(function: &Function) -> String {
    let converted = |argument: &Argument| {
        let (name, value) = (&argument.name, argument.form.coerced(&argument.name, argument.option)?);
        Some(if argument.may_be_absent() {
            format!("  if ({name} != null) {name} = {value};\n")
        } else {
            format!("  {name} = {value};\n")
        })
    };
    function.arguments.iter().filter(|argument| argument.is_coerced).filter_map(converted).collect()
}

/// One test of all arguments, and one call that finds the wrong one: engines inline a shim by its size.
fn tests(function: &Function) -> String {
    let tests: Vec<_> = function.arguments.iter().filter_map(test).collect();
    if tests.is_empty() {
        return String::new();
    }
    let test = if tests.len() == 1 { tests.concat() } else { format!("({})", tests.join(") && (")) };
    let all: Vec<_> = function.arguments.iter().map(|argument| argument.name.as_str()).collect();
    format!("  if (!({test})) $reject({}, {});\n", function.about(), all.join(", "))
}

fn test(argument: &Argument) -> Option<String> {
    let (name, form) = (&argument.name, &argument.form);
    let test = if argument.is_coerced { form.coerced_test(name) } else { form.test(name) }?;
    Some(if argument.may_be_absent() { format!("{name} == null || {test}") } else { test })
}

/// Makes a typed array of the rest of JavaScript's arguments, where the function takes elements.
fn rest(function: &Function, tags: &Tags) -> String {
    let Some((argument, element)) = function.rest().and_then(|rest| Some((rest, rest.form.element()?)))
    else {
        return String::new();
    };
    let (name, tag, about) = (&argument.name, tags.expression(element), function.about());
    format!("  {name} = $restOf({name}, {tag}, {about}, {});\n", function.arguments.len() - 1)
}

/// Packs plain objects into records. This reads the objects, which may run getters. So it comes first.
fn packs(function: &Function, tags: &Tags) -> String {
    let mut js = String::new();
    for (index, argument) in function.arguments.iter().enumerate() {
        if let Some(element @ Element::Named(_)) = argument.form.element() {
            let (name, tag, about) = (&argument.name, tags.expression(element), function.about());
            let _ = writeln!(js, "  {name} = $pack({name}, {tag}, {about}, {index});");
        }
    }
    js
}

/// The body of a shim that has something to end after the call. The arguments are taken inside the `try`, so a refusal of a later
/// argument ends the earlier ones too.
fn with_ends(function: &Function, tags: &Tags, handles: &[Handle], call: &Call<'_>) -> String {
    let mut locals: Vec<_> = handles.iter().map(|handle| format!("{} = 0", handle.local)).collect();
    if function.takes() {
        locals.push("moved$$ = false".to_owned());
    }
    if handles::may_own_nothing(function) {
        locals.push("owns$$ = false".to_owned());
    }
    let mut js = format!("  let {};\n  try {{\n", locals.join(", "));
    js.push_str(&handles::reads(function, handles, false, "    "));
    js.push_str(&handles::taking(function, "    "));
    js.push_str(&caught(function, tags, call, "    "));
    js.push_str("  } finally {\n");
    // In reverse, as borrows end.
    for end in function.arguments.iter().filter_map(|argument| argument.form.end(&argument.name)).rev() {
        let _ = writeln!(js, "    {end}");
    }
    if let Some(taken) = handles::taken(function) {
        let _ = writeln!(js, "    {taken}");
    }
    js + "    if ($drops.any) $drops.run();\n  }\n"
}

/// The call, with a `catch` around it alone: an error before the call has borrowed nothing that `$failed` may end.
///
/// A refusal and the function's own `Err` are not thrown through frames of wasm. Otherwise that part of the wasm stack would be lost.
/// Rust tells `$outcome` and returns. If the result is a number, one number stands for a refusal, and `$checked` looks for it.
///
/// Pending drops run last, after the result is made. They run here, unless the shim has something to end, or the Rust shim runs them.
fn caught(function: &Function, tags: &Tags, call: &Call<'_>, indent: &str) -> String {
    let mut js = String::new();
    let values = function.arguments.iter().filter(|argument| argument.is_value()).enumerate();
    for (place, argument) in values.filter(|(_, argument)| argument.class().is_none()) {
        let _ = writeln!(js, "{indent}$objects[{place}] = {};", argument.name);
    }
    if !function.has_catch() {
        if call.takes_two {
            let _ = writeln!(js, "{indent}const result$$ = {};", call.raw);
        }
        let result = if call.takes_two { call.returned("result$$") } else { call.in_one() };
        let _ = writeln!(js, "{indent}{result}");
        return js;
    }
    let refusal_shows = function.refuses_in_result();
    let asks_outcome = function.may_refuse() && !refusal_shows;
    let runs_drops = function.has_guards() && !function.has_ends() && !refusal_shows;
    let failed = raise(function, &failed(function, tags));
    // JavaScript may fail to make a string after the call.
    let may_fail = function.result.form.crossing() == ResultCrossing::Text;
    let is_short = !may_fail && !asks_outcome && !call.takes_two && !runs_drops && !function.takes();
    if is_short && !objects::any(function) {
        let _ = writeln!(
            js,
            "{indent}try {{\n{indent}  {}\n{indent}}} catch (error) {{\n{indent}  {failed}\n{indent}}}",
            call.in_one()
        );
        return js;
    }
    let result = call.result("result$$");
    let kept = if result.is_some() { "result$$ = " } else { "" };
    if result.is_some() {
        let _ = writeln!(js, "{indent}let result$$;");
    }
    js.push_str(&objects::own_the_only(function, indent));
    let _ = writeln!(
        js,
        "{indent}try {{\n{indent}  {kept}{};\n{indent}}} catch (error) {{\n{indent}  {failed}\n{indent}}}",
        call.raw
    );
    js.push_str(&objects::end(function, indent));
    if asks_outcome {
        js.push_str(&refused(function, tags, indent));
    }
    if function.takes() {
        let _ = writeln!(js, "{indent}moved$$ = true;");
    }
    match (result, runs_drops) {
        (Some(result), false) => _ = writeln!(js, "{indent}return {result};"),
        (Some(result), true) => {
            let _ = writeln!(
                js,
                "{indent}const made$$ = {result};\n{indent}if ($drops.any) $drops.run();\n{indent}return made$$;"
            );
        }
        (None, true) => _ = writeln!(js, "{indent}if ($drops.any) $drops.run();"),
        (None, false) => {}
    }
    js
}

/// Throws the error of a call that has returned without a result.
fn refused(function: &Function, tags: &Tags, indent: &str) -> String {
    let handles = handles_until_last(function).map(|handle| handle.unwrap_or_else(|| "0".to_owned()));
    let arguments: Vec<_> = [function.about(), flags(function, tags)].into_iter().chain(handles).collect();
    let raised = raise(function, &format!("$outcome.take({})", arguments.join(", ")));
    let raised = if function.takes() { format!("{{ {raised} }}") } else { raised };
    format!("{indent}if ($outcome.failed) {raised}\n")
}

/// Throws an error that ends the call. The code that ends the taken arguments must know whether they were moved.
fn raise(function: &Function, error: &str) -> String {
    if function.takes() {
        format!("const error$$ = {error}; moved$$ = $outcome.wasMoved; throw error$$;")
    } else {
        format!("throw {error};")
    }
}

/// The flags of a call for the runtime, as an expression: `HAS_RECORD`, `HAS_ENDS` and `HAS_OBJECTS` of `runtime/js/refusal.js`.
fn flags(function: &Function, tags: &Tags) -> String {
    let is_open = function.records_values_only();
    let flags = u32::from(function.has_record() && !is_open)
        | u32::from(function.has_ends()) << 1
        | u32::from(objects::any(function)) << 2;
    if !is_open {
        return flags.to_string();
    }
    // Like `begin_if` in Rust: only references that are no classes cross as values. For those nothing reads a handle.
    let references = function.arguments.iter().filter(|argument| argument.is_value());
    let readers: BTreeSet<_> =
        references.filter_map(Argument::class).map(|class| tags.reader(class)).collect();
    let values: Vec<_> = readers.iter().map(|reader| format!("{reader} === none$$")).collect();
    format!("{flags} | ({})", values.join(" || "))
}

/// The locals with the handles, up to the last. `None` for the arguments between that have none.
fn handles_until_last(function: &Function) -> impl Iterator<Item = Option<String>> {
    let last = function.arguments.iter().rposition(Argument::has_handle).map_or(0, |last| last + 1);
    function.arguments[..last]
        .iter()
        .map(|argument| argument.has_handle().then(|| format!("{}$", argument.name)))
}

/// The locals that have the texts in scratch memory.
fn texts(function: &Function) -> impl Iterator<Item = String> {
    function
        .arguments
        .iter()
        .filter(|argument| argument.is_text())
        .map(|argument| format!("{}$", argument.name))
}

/// The error that the shim throws instead of the error that has left the call. It ends what the call had. There is one entry per argument:
/// 0 if it has no handle, `[handle]` if the running function owns it, because then it is not borrowed any more.
fn failed(function: &Function, tags: &Tags) -> String {
    let handles =
        function.arguments.iter().zip(handles_until_last(function)).map(|(argument, handle)| match handle {
            Some(handle) if argument.form.is_taken() => format!(", [{handle}]"),
            Some(handle) => format!(", {handle}"),
            None => ", 0".to_owned(),
        });
    let failed = format!(
        "$failed(error, {}, {}{})",
        function.about(),
        flags(function, tags),
        handles.collect::<String>()
    );
    // Reading a value may run foreign code.
    let failed =
        if function.has_values() { format!("$unread({}, {failed})", function.about()) } else { failed };
    let texts: Vec<_> = texts(function).collect();
    let failed = if texts.is_empty() { failed } else { format!("$dropText({failed}, {})", texts.join(", ")) };
    objects::dropped(function, failed, &flags(function, tags))
}
