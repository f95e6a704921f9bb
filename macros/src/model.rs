//! A signature without mistakes, as the code generators see it.

use proc_macro2::Ident;
use syn::{Expr, Type};

pub use crate::element::{Element, Scalar};
use crate::mode;

pub struct Function {
    pub ident: Ident,
    /// What its names in the linker's eyes end with: that of its expansion, which `expand` gives it.
    pub unit: String,
    /// The name in JavaScript: the identifier without `r#`, or what `name = "…"` says.
    pub name: String,
    /// The object of the package that has the function, where it is no export of its own.
    pub namespace: Option<String>,
    pub docs: Vec<String>,
    /// The text of `#[deprecated]`, which may be empty.
    pub deprecated: Option<String>,
    pub arguments: Vec<Argument>,
    pub result: ResultType,
    pub is_async: bool,
    /// True if the package has no declaration of it.
    pub skip_typescript: bool,
    /// What the declaration says in place of the result's type.
    pub ts_return: Option<String>,
    /// True if it is `register_call_rust!`'s, which nothing exports.
    pub is_handler: bool,
    /// The class that it is a member of.
    pub member: Option<Member>,
}

/// What a function of an `impl` block is to its class; a field of a struct is two such functions.
#[derive(Clone)]
pub struct Member {
    /// The class, in Rust and JavaScript.
    pub class: Ident,
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

/// How a method has its instance.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// `&self`
    Shared,
    /// `&mut self`
    Exclusive,
    /// `self`
    Owned,
}

impl Function {
    /// The name in messages and in the registry: `math.add`; of a plugin `filters.math.add`, for the registry is its host's.
    pub fn path(&self) -> String {
        let own = self.own_path();
        if mode::PLUGIN { format!("{}.{own}", mode::crate_name()) } else { own }
    }

    /// The same without the plugin's name.
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

    /// The class's name in JavaScript, of a member.
    pub fn class_name(&self) -> String {
        self.member.as_ref().map(|member| crate::names::plain(&member.class)).unwrap_or_default()
    }

    /// True if it is an export of its own.
    pub fn is_export(&self) -> bool {
        self.namespace.is_none() && !self.is_handler && self.member.is_none()
    }

    /// The JavaScript shim in its snippet: no name of a user's, so that it hides none of JavaScript's globals.
    pub fn shim_ident(&self) -> String {
        if self.is_export() || self.is_handler { format!("{}$", self.name) } else { self.shim_name() }
    }

    /// The name of the JavaScript shim, distinct in its snippet.
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

    /// True if its Rust shim may refuse an argument or a result, and so return without one.
    pub fn may_refuse(&self) -> bool {
        let result_may = !matches!(
            self.result.kind,
            ResultKind::Unit | ResultKind::Scalar(_) | ResultKind::Text(_) | ResultKind::Object
        );
        self.result.fallible && !self.is_async || self.arguments.iter().any(Argument::has_guard) || result_may
    }

    /// True if an argument is borrowed for the call, whose end may leave something to be destroyed.
    pub fn has_guards(&self) -> bool {
        self.arguments.iter().any(Argument::has_guard)
    }

    /// True if an argument is moved out of JavaScript's hands, by its handle.
    pub fn takes(&self) -> bool {
        self.arguments.iter().any(Argument::is_taken)
    }

    /// True if Rust keeps a record of its calls, for when an exception leaves one: what was moved by then, and which instances came
    /// as values.
    pub fn has_record(&self) -> bool {
        self.takes() || self.arguments.iter().any(Argument::is_value)
    }

    /// True if its JavaScript shim has something to end after the call.
    pub fn has_ends(&self) -> bool {
        let is_ended = |argument: &Argument| {
            argument.is_taken() || matches!(argument.kind, ArgumentType::Exclusive(_) | ArgumentType::Keep(_))
        };
        self.arguments.iter().any(is_ended)
    }

    /// True if a refusal shows in the number that the Rust shim returns, which spares JavaScript looking for it after each
    /// call.
    pub fn refuses_in_result(&self) -> bool {
        let is_number = match &self.result.kind {
            ResultKind::Unit => true,
            ResultKind::Scalar(scalar) => !scalar.is_wide() && !self.result.option,
            _ => false,
        };
        is_number && !self.result.fallible && !self.is_async && self.may_refuse()
    }

    /// True if it is called on an instance.
    pub fn has_receiver(&self) -> bool {
        self.arguments.first().is_some_and(|first| matches!(first.kind, ArgumentType::This(_)))
    }

    /// The arguments that JavaScript passes in brackets.
    pub fn written_arguments(&self) -> &[Argument] {
        if self.has_receiver() { &self.arguments[1..] } else { &self.arguments }
    }

    /// From which argument on all may be left out.
    pub fn required(&self) -> usize {
        self.arguments.iter().rposition(|argument| !argument.is_optional()).map_or(0, |last| last + 1)
    }
}

pub struct Argument {
    pub ident: Ident,
    /// The name in JavaScript, which differs where Rust's is a reserved word there, or where `name = …` says so.
    pub name: String,
    pub kind: ArgumentType,
    /// True if it is an `Option` of `kind`. One of a [`Value`](ArgumentType::Value) is a part of that.
    pub option: bool,
    /// What stands in for `undefined`.
    pub default: Option<Expr>,
    /// What the declaration says in place of the type.
    pub ts: Option<String>,
    /// As the user wrote it.
    pub written: Type,
    /// The same without an `Option` that `option` tells of.
    pub inner: Type,
}

#[derive(Clone)]
pub enum ArgumentType {
    Scalar(Scalar),
    Text(Text),
    /// `&[T]`
    Shared(Element),
    /// `&mut [T]`
    Exclusive(Element),
    /// `Buffer<T>`
    Keep(Element),
    /// `BufferMut<T>`
    Take(Element),
    /// `Vec<T>`
    TakeVec(Element),
    /// A value of JavaScript by its index.
    Object(Object),
    /// What a method is called on.
    This(Access),
    /// Any other type: as its `FromJs` says, or an instance of a class.
    Value,
    /// `&T` of a class.
    Reference,
    /// `&mut T` of a class of ours.
    ExclusiveReference,
}

/// In which form the function has a value of JavaScript.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Object {
    /// `JsRef<'_>`
    Borrowed,
    /// `JsObject`
    Owned,
    /// `Callback<'_, Parameters, Result>`
    Callback,
    /// `Function<Parameters, Result>`
    Function,
}

impl Object {
    pub fn is_owned(self) -> bool {
        matches!(self, Object::Owned | Object::Function)
    }

    pub fn is_callable(self) -> bool {
        matches!(self, Object::Callback | Object::Function)
    }
}

/// In which form the function has a string.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// `&str`; as a result `&'static str`.
    Borrowed,
    String,
    Boxed,
    Cow,
    /// A `&str` of the instance: copied.
    Inside,
}

impl Text {
    /// True if the function has it for itself. A `Cow` is borrowed: nothing says that it is `'static`.
    pub fn is_owned(self) -> bool {
        matches!(self, Text::String | Text::Boxed)
    }

    pub fn rust(self) -> &'static str {
        match self {
            Text::Borrowed | Text::Inside => "&str",
            Text::String => "String",
            Text::Boxed => "Box<str>",
            Text::Cow => "Cow<str>",
        }
    }
}

#[derive(Clone)]
pub enum ResultKind {
    Unit,
    Scalar(Scalar),
    Text(Text),
    /// `Vec<T>`
    Copied(Element),
    /// `Buffer<T>`
    ReadOnly(Element),
    /// `BufferMut<T>`
    Mutable(Element),
    /// `&[T]` of the instance, which stays borrowed.
    Inside(Element),
    /// `&mut [T]` likewise.
    InsideMut(Element),
    /// `JsObject`
    Object,
    /// An instance of the method's own class.
    Instance,
    /// Any other type: as its `IntoJs` says.
    Value,
}

pub struct ResultType {
    pub kind: ResultKind,
    /// True if it is an `Option` of `kind`. One of a [`Value`](ResultKind::Value) is a part of that.
    pub option: bool,
    /// True if it comes in a `Result`.
    pub fallible: bool,
    /// As the user wrote it, without the `Result`; `None` where nothing is returned.
    pub written: Option<Type>,
}

impl Argument {
    /// The argument as messages show it: `values: &mut [f32]`.
    pub fn shown(&self) -> String {
        let kind = match &self.kind {
            _ if self.is_array() => crate::errors::show(&self.inner),
            ArgumentType::Scalar(scalar) => scalar.rust().to_owned(),
            ArgumentType::Text(text) => text.rust().to_owned(),
            ArgumentType::Shared(element) => format!("&[{}]", element.shown()),
            ArgumentType::Exclusive(element) => format!("&mut [{}]", element.shown()),
            ArgumentType::Keep(element) => format!("Buffer<{}>", element.shown()),
            ArgumentType::Take(element) => format!("BufferMut<{}>", element.shown()),
            ArgumentType::TakeVec(element) => format!("Vec<{}>", element.shown()),
            ArgumentType::Object(_)
            | ArgumentType::This(_)
            | ArgumentType::Value
            | ArgumentType::Reference
            | ArgumentType::ExclusiveReference => crate::errors::show(&self.inner),
        };
        let kind = if self.option { format!("Option<{kind}>") } else { kind };
        let mark = if self.default.is_some() { "?" } else { "" };
        format!("{}{mark}: {kind}", self.name)
    }

    /// True if the function has it as an array or view of ndarray's.
    pub fn is_array(&self) -> bool {
        self.is_handle() && crate::arrays::is_array(&self.inner)
    }

    /// True if JavaScript may pass `undefined`.
    pub fn is_optional(&self) -> bool {
        self.option || self.default.is_some() || crate::types::is_option(&self.written)
    }

    /// True if it crosses as the handle of a buffer.
    pub fn is_handle(&self) -> bool {
        use ArgumentType::{Exclusive, Keep, Shared, Take, TakeVec, This};
        matches!(self.kind, This(_) | Shared(_) | Exclusive(_) | Keep(_) | Take(_) | TakeVec(_))
    }

    /// True if the call borrows it.
    pub fn has_guard(&self) -> bool {
        self.is_handle() || self.is_value()
    }

    /// True if the call moves it, by its handle.
    pub fn is_taken(&self) -> bool {
        use ArgumentType::{Take, TakeVec, This};
        matches!(self.kind, Take(_) | TakeVec(_) | This(Access::Owned))
    }

    /// True if it is a string of the function's own, which needs memory.
    pub fn is_owned_text(&self) -> bool {
        matches!(self.kind, ArgumentType::Text(text) if text.is_owned())
    }

    /// True if it crosses as a JavaScript value.
    pub fn is_value(&self) -> bool {
        matches!(self.kind, ArgumentType::Value | ArgumentType::Reference | ArgumentType::ExclusiveReference)
    }

    /// True if it crosses as an index.
    pub fn is_object(&self) -> bool {
        matches!(self.kind, ArgumentType::Object(_))
    }

    /// The element type, and how the function has the elements.
    pub fn element(&self) -> Option<&Element> {
        use ArgumentType::{Exclusive, Keep, Shared, Take, TakeVec};
        match &self.kind {
            Shared(element) | Exclusive(element) | Keep(element) | Take(element) | TakeVec(element) => {
                Some(element)
            }
            _ => None,
        }
    }
}

impl ResultType {
    pub fn element(&self) -> Option<&Element> {
        match &self.kind {
            ResultKind::Copied(element)
            | ResultKind::ReadOnly(element)
            | ResultKind::Mutable(element)
            | ResultKind::Inside(element)
            | ResultKind::InsideMut(element) => Some(element),
            _ => None,
        }
    }
}
