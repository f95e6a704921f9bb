//! An exported function, as the code generators see it.

use proc_macro2::Ident;

use crate::backend::Backend;
use crate::form::{Argument, ResultCrossing, ResultType, Site};
use crate::numbers::Element;

pub struct Function {
    pub backend: Backend,
    pub ident: Ident,
    /// The id of the expansion. Linker names end in it. `expand` sets it.
    pub unit: String,
    /// The name in JavaScript: the identifier without `r#`, or the name of `name = "…"`.
    pub name: String,
    /// The object of the package that has the function, if it is no export of its own.
    pub namespace: Option<String>,
    pub docs: Vec<String>,
    /// The text of `#[deprecated]`, which may be empty.
    pub deprecated: Option<String>,
    pub arguments: Vec<Argument>,
    pub result: ResultType,
    /// True if it returns a promise: it is an `async fn`, or runs on another thread.
    pub is_async: bool,
    /// Set if it runs on another thread.
    pub worker: Option<Worker>,
    /// True if the package has no declaration of it.
    pub skip_typescript: bool,
    /// The declaration's result type, if the user gives one.
    pub ts_return: Option<String>,
    /// True if `register_call_rust!` made it. Nothing exports it then.
    pub is_handler: bool,
    /// True if it runs when the package starts. Nothing exports it then.
    pub is_start: bool,
    /// True if the last argument takes all the rest that JavaScript passes.
    pub is_variadic: bool,
    /// Its place in a class, if it is a member of one.
    pub member: Option<Member>,
    /// The enum, if it is a function of an enum's object. That object is its namespace too.
    pub of_enum: Option<Ident>,
}

/// What a function of `#[export(worker)]` has besides its arguments.
pub struct Worker {
    /// Its argument that is a `Progress<T>`, which JavaScript does not pass: the place in the signature, and `T`.
    pub progress: Option<(usize, syn::Type)>,
    /// True if all threads of the pool run it together.
    pub is_parallel: bool,
}

/// The place of a function in its class. A public field becomes two functions: a getter and a setter.
#[derive(Clone)]
pub struct Member {
    /// The class in Rust.
    pub class: Ident,
    /// The class in JavaScript.
    pub class_name: String,
    pub kind: MemberKind,
    /// The field that it reads or writes.
    pub field: Option<syn::Member>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MemberKind {
    Constructor,
    Method,
    Static,
    Getter,
    Setter,
}

// ===== names =====

impl Function {
    /// The name in messages and in calls by name: `math.add`.
    pub fn path(&self) -> String {
        self.backend.path(self.own_path())
    }

    /// The name in messages, without the name of a plugin.
    pub fn own_path(&self) -> String {
        if let Some(Member { kind, .. }) = &self.member {
            let class = self.class_name();
            return match kind {
                MemberKind::Constructor => format!("new {class}"),
                MemberKind::Method | MemberKind::Static => format!("{class}.{}", self.name),
                MemberKind::Getter => format!("get {class}.{}", self.name),
                MemberKind::Setter => format!("set {class}.{}", self.name),
            };
        }
        match &self.namespace {
            Some(namespace) => format!("{namespace}.{}", self.name),
            None => self.name.clone(),
        }
    }

    /// The class's name in JavaScript. Empty for a function that is no member.
    pub fn class_name(&self) -> String {
        self.member.as_ref().map(|member| member.class_name.clone()).unwrap_or_default()
    }

    /// The JavaScript function that describes this one in messages.
    pub fn about(&self) -> String {
        format!("{}$$about", self.shim_name())
    }

    /// The JavaScript shim's identifier. It has a `$`, so it hides no global of JavaScript.
    pub fn shim_ident(&self) -> String {
        if self.is_export() || self.is_handler || self.is_start {
            format!("{}$", self.name)
        } else {
            self.shim_name()
        }
    }

    /// The JavaScript shim's name, which no other function of its snippet has.
    pub fn shim_name(&self) -> String {
        if let Some(Member { kind, .. }) = &self.member {
            let class = self.class_name();
            return match kind {
                MemberKind::Constructor => format!("{class}$new$"),
                MemberKind::Method | MemberKind::Static => format!("{class}${}", self.name),
                MemberKind::Getter => format!("{class}$get${}", self.name),
                MemberKind::Setter => format!("{class}$set${}", self.name),
            };
        }
        match &self.namespace {
            Some(namespace) => format!("{namespace}${}", self.name),
            None => self.name.clone(),
        }
    }
}

// ===== facts about a call =====

impl Function {
    /// True if it is an export of its own.
    pub fn is_export(&self) -> bool {
        self.namespace.is_none() && !self.is_handler && !self.is_start && self.member.is_none()
    }

    pub fn is_of_kind(&self, kind: MemberKind) -> bool {
        self.member.as_ref().is_some_and(|member| member.kind == kind)
    }

    /// True if its Rust shim may refuse an argument or a result. It returns no result then.
    pub fn may_refuse(&self) -> bool {
        let result_may =
            matches!(self.result.form.crossing(), ResultCrossing::Handle | ResultCrossing::Value);
        self.result.throws() && !self.is_async || self.has_guards() || result_may
    }

    /// True if the call borrows an argument. The end of a borrow may leave something to be destroyed.
    pub fn has_guards(&self) -> bool {
        self.arguments.iter().any(Argument::has_guard)
    }

    /// True if the call moves an argument to Rust, by its handle.
    pub fn takes(&self) -> bool {
        self.arguments.iter().any(|argument| argument.form.is_taken())
    }

    pub fn has_values(&self) -> bool {
        self.arguments.iter().any(Argument::is_value)
    }

    /// True if Rust keeps a call record: whether the arguments were moved, and which instances are taken by value. It is needed when an
    /// exception leaves the call.
    pub fn has_record(&self) -> bool {
        self.takes() || self.has_values()
    }

    /// True if it keeps such a record only when a reference is no instance: nothing else needs it.
    pub fn records_values_only(&self) -> bool {
        let is_reference = |argument: &Argument| !argument.is_value() || argument.class().is_some();
        self.has_values() && !self.takes() && self.arguments.iter().all(is_reference)
    }

    /// True if its JavaScript shim has something to end after the call.
    pub fn has_ends(&self) -> bool {
        self.arguments.iter().any(Argument::has_end)
    }

    /// True if the number that the Rust shim returns can stand for a refusal. Then JavaScript need not ask after each call.
    pub fn refuses_in_result(&self) -> bool {
        let is_number = self.result.form.checked().is_some() && !self.result.option;
        is_number && !self.result.throws() && !self.is_async && self.may_refuse()
    }

    /// True if its JavaScript shim has a `catch`, because a trap would leave something unfinished: a borrow, a string, a value.
    ///
    /// A function of scalars alone has nothing of that kind. With a `catch`, Firefox would no longer inline its shim. (A panic ends the
    /// instance whether it is caught or not: its hook throws. Without the feature `panic-messages` there is no hook, so that every shim has
    /// to notice the trap.) The host of a plugin goes on after a trap, with the stack where it was.
    pub fn has_catch(&self) -> bool {
        let scalar = |argument: &Argument| argument.form.crossing() == crate::form::Crossing::Number;
        self.backend.is_plugin()
            || !cfg!(feature = "panic-messages")
            || self.is_async
            || self.result.throws()
            || !self.arguments.iter().all(scalar)
            || self.result.form.crossing() != ResultCrossing::Number
    }

    /// True if it is called on an instance.
    pub fn has_receiver(&self) -> bool {
        self.arguments.first().is_some_and(|first| first.form.receiver().is_some())
    }

    /// The arguments that JavaScript passes in brackets.
    pub fn written_arguments(&self) -> &[Argument] {
        if self.has_receiver() { &self.arguments[1..] } else { &self.arguments }
    }

    /// The argument that takes all the rest, if there is one.
    pub fn rest(&self) -> Option<&Argument> {
        if self.is_variadic { self.arguments.last() } else { None }
    }

    /// The number of arguments that may not be left out: all after them may.
    pub fn required(&self) -> usize {
        let listed = self.arguments.len() - usize::from(self.is_variadic);
        let last = self.arguments[..listed].iter().rposition(|argument| !argument.is_optional());
        last.map_or(0, |last| last + 1)
    }

    /// Every element type in the signature.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        let arguments = self.arguments.iter().filter_map(|argument| argument.form.element());
        arguments.chain(self.result.form.element())
    }

    /// The arguments, each at its place. `path` is the function's name in messages.
    pub fn sites<'a>(
        &'a self,
        path: &'a str,
    ) -> impl DoubleEndedIterator<Item = Site<'a>> + ExactSizeIterator {
        let has_record = self.has_record();
        self.arguments.iter().enumerate().map(move |(index, argument)| Site {
            argument,
            path,
            index,
            has_record,
        })
    }

    /// The signature that importers in other modules must have: without names, and a `Result` without the type of its error. `None` if
    /// only JavaScript can call the function.
    pub fn direct_signature(&self) -> Option<String> {
        let is_plain = self.member.is_none() && self.of_enum.is_none();
        if self.is_async || self.is_handler || self.is_start || self.is_variadic || !is_plain {
            return None;
        }
        let optional = |ty: String, option| if option { format!("Option<{ty}>") } else { ty };
        let argument = |argument: &Argument| {
            let direct = argument.default.is_none().then(|| argument.form.direct()).flatten()?;
            Some(optional(direct.signature, argument.option))
        };
        let arguments: Option<Vec<_>> = self.arguments.iter().map(argument).collect();
        let arguments = arguments?.join(", ");
        let result = optional(self.result.form.direct()?, self.result.option);
        let result = if self.result.fallible { format!("Result<{result}>") } else { result };
        Some(if result == "()" { format!("fn({arguments})") } else { format!("fn({arguments}) -> {result}") })
    }
}
