//! The call of a raw export in a JavaScript shim: the raw arguments, and the expression of the result.

use super::objects;
use super::tags::Tags;
use crate::form::{Earlier, ResultCrossing, ResultSite};
use crate::model::{Function, MemberKind};

pub struct Call<'a> {
    function: &'a Function,
    about: String,
    tag: Option<String>,
    /// The expression of the raw result.
    pub raw: String,
    /// True if the result needs the raw one more than once, or needs what the call left behind.
    pub takes_two: bool,
}

impl<'a> Call<'a> {
    pub fn new(function: &'a Function, tags: &Tags) -> Self {
        let mut earlier =
            Earlier { owns_one_object: objects::the_only_owned(function).is_some(), ..Earlier::default() };
        let raw = function.arguments.iter().flat_map(|argument| argument.form.raw(argument, &mut earlier));
        let mut raw: Vec<_> = raw.collect();
        if function.worker.is_some() {
            raw.push("job$$.flags".to_owned());
        }
        let mut raw = format!("{}$$raw({})", function.shim_name(), raw.join(", "));
        let result = &function.result;
        let is_object = result.form.crossing() == ResultCrossing::Object && !function.is_async;
        if is_object {
            // At once, before its place is freed.
            raw = format!("$object({raw})");
        } else if let (true, Some(checked)) = (function.refuses_in_result(), result.form.checked()) {
            raw = format!("{checked}({raw})");
        }
        Call {
            function,
            about: function.about(),
            tag: result.form.element().map(|element| tags.expression(element)),
            raw,
            takes_two: function.is_async || result.option && !is_object,
        }
    }

    /// The result of an expression of the raw one, if there is a result.
    pub fn result(&self, raw: &str) -> Option<String> {
        if self.function.worker.is_some() {
            return Some("$started(job$$, $value())".to_owned());
        }
        if self.function.is_async {
            return Some("$value()".to_owned());
        }
        let site = ResultSite {
            about: &self.about,
            option: self.function.result.option,
            tag: self.tag.as_deref(),
            is_constructor: self.function.is_of_kind(MemberKind::Constructor),
            was_checked: self.function.refuses_in_result(),
        };
        self.function.result.form.made(raw, &site)
    }

    /// The statement that calls the export and returns the result.
    pub fn in_one(&self) -> String {
        self.returned(&self.raw)
    }

    /// The statement that returns the result of an expression of the raw one.
    pub fn returned(&self, raw: &str) -> String {
        match self.result(raw) {
            Some(result) => format!("return {result};"),
            None => format!("{raw};"),
        }
    }
}
