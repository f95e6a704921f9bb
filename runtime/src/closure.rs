//! Rust closures as JavaScript functions.

use core::cell::{Cell, RefCell};
use core::mem::ManuallyDrop;
use std::rc::Rc;

use crate::JsValue;
use crate::ts::Ts;

use crate::js;
use crate::kept::Kept;
use crate::object::{Exception, JsObject, JsRef};
use crate::value::{ConversionError, FromJs, IntoJs};

// Numbers of `CODES` in `runtime/js/refusalErrors.js`.
const RELEASED: u32 = 2;
const BORROWED: u32 = 4;

/// The number of arguments that cross. `runtime/js/closures.js` has the same number.
const MOST_ARGUMENTS: u32 = 6;

/// The function that JavaScript calls: it takes its arguments by place, and returns or throws.
type Run = Rc<dyn Fn(u32) -> Result<JsValue, JsValue>>;

// For each thread, as the functions are. Without destructors: each access would have to check for them.
thread_local! {
    /// By number, counted from 1.
    ///
    /// Numbers are reused. The JavaScript function of a closure learns when the closure ends
    /// (`runtime/js/closures.js`), so it never calls the next closure of that number.
    static CLOSURES: Kept<Vec<Option<Run>>> = const { Kept::new(Vec::new()) };
    /// The empty places of `CLOSURES`.
    static FREE: Kept<Vec<u32>> = const { Kept::new(Vec::new()) };
}

fn with_closures<R>(f: impl FnOnce(&mut Vec<Option<Run>>) -> R) -> R {
    CLOSURES.with(|closures| closures.with(f))
}

/// Keeps a closure, and returns its number.
fn insert(run: Run) -> u32 {
    let free = FREE.with(|free| free.with(Vec::pop));
    with_closures(|closures| match free.and_then(|id| Some((id, closures.get_mut(place(id)?)?))) {
        Some((id, place)) => {
            *place = Some(run);
            id
        }
        None => {
            closures.push(Some(run));
            closures.len() as u32
        }
    })
}

/// A Rust closure that JavaScript can call for as long as this value lives.
///
/// When it is dropped, calls throw `ERR_LEND_RELEASED`. [`into_object`](Self::into_object), or returning it from an
/// exported function, leaves the closure to JavaScript instead: it is dropped when the function is garbage collected,
/// or by the function's own `free()`.
#[derive(Debug)]
pub struct ExportedClosure {
    id: u32,
    function: JsObject,
}

impl ExportedClosure {
    fn new(run: Run) -> Self {
        #[cfg(target_arch = "wasm32")]
        crate::backend::exports::closures();
        let id = insert(run);
        ExportedClosure { id, function: JsObject::from_new(js::closure_new(id)) }
    }

    /// The function in JavaScript. O(1).
    #[must_use]
    pub fn as_object(&self) -> &JsObject {
        &self.function
    }

    /// Leaves the closure to JavaScript. O(1).
    #[must_use]
    pub fn into_object(self) -> JsObject {
        let closure = ManuallyDrop::new(self);
        // SAFETY: read once, and nothing of the original is used again.
        unsafe { core::ptr::read(&closure.function) }
    }
}

impl Drop for ExportedClosure {
    fn drop(&mut self) {
        if js::closure_ended(self.function.index()) {
            free(self.id);
        }
    }
}

impl IntoJs for ExportedClosure {
    const TS: Ts = Ts::Text("((...args: any[]) => any) & { free(): void }");

    fn into_js(self) -> Result<JsValue, ConversionError> {
        Ok(self.into_object().into())
    }
}

/// Makes a closure a JavaScript function, which may be called many times, also while it is running.
///
/// Arguments are converted by [`FromJs`]. If one has the wrong type, the call throws a `LendError` and the closure
/// does not run. The result is a type that implements [`IntoJs`], or a `Result` of one, whose error is thrown.
///
/// ```no_run
/// use wasm_lend::{ExportedClosure, export, export_closure};
///
/// #[export]
/// pub fn multiplier(factor: f64) -> ExportedClosure {
///     export_closure(move |value: f64| value * factor)
/// }
/// ```
pub fn export_closure<Arguments, Kind>(f: impl RunMany<Arguments, Kind>) -> ExportedClosure {
    ExportedClosure::new(f.into_run())
}

/// As [`export_closure`], for a closure that changes its captures. A call while it is running throws
/// `ERR_LEND_BORROWED`.
pub fn export_closure_mut<Arguments, Kind>(f: impl RunMut<Arguments, Kind>) -> ExportedClosure {
    ExportedClosure::new(f.into_run())
}

/// As [`export_closure`], for a closure that can be called once. It is dropped after that call; a second call throws
/// `ERR_LEND_RELEASED`.
pub fn export_closure_once<Arguments, Kind>(f: impl RunOnce<Arguments, Kind>) -> ExportedClosure {
    ExportedClosure::new(f.into_run())
}

impl JsRef<'_> {
    /// Runs `f` some time after the value was garbage collected: neither JavaScript nor Rust refers to it then.
    ///
    /// # Errors
    ///
    /// A `TypeError` if the value is never collected, such as a number.
    pub fn on_release(&self, f: impl FnOnce() + 'static) -> Result<(), Exception> {
        let called = export_closure_once(f).into_object();
        Exception::check(js::object_on_release(self.index(), called.index())).map(drop)
    }
}

/// The result of a closure: a type that implements [`IntoJs`], or a `Result` of one.
pub trait Outcome<Kind> {
    #[doc(hidden)]
    fn outcome(self) -> Result<JsValue, JsValue>;
}

#[doc(hidden)]
pub struct Plain;
#[doc(hidden)]
pub struct Fallible;

impl<T: IntoJs> Outcome<Plain> for T {
    fn outcome(self) -> Result<JsValue, JsValue> {
        self.into_js().map_err(|error| wrong(&error, "the result"))
    }
}

impl<T: IntoJs, E: Into<JsValue>> Outcome<Fallible> for Result<T, E> {
    fn outcome(self) -> Result<JsValue, JsValue> {
        self.map_err(Into::into).and_then(Outcome::<Plain>::outcome)
    }
}

#[cold]
fn wrong(error: &ConversionError, what: &str) -> JsValue {
    js::closure_error(error.code(), &format!("{what} {error}"))
}

/// Argument number `place` of the call.
fn argument<T: FromJs>(place: u32, values: &mut impl Iterator<Item = JsValue>) -> Result<T, JsValue> {
    let value = values.next().unwrap_or(JsValue::UNDEFINED);
    T::from_js(value).map_err(|error| wrong(&error, &format!("argument {place}")))
}

/// The arguments of a call. They are taken before anything else runs.
fn taken(count: u32) -> std::vec::IntoIter<JsValue> {
    (0..count.min(MOST_ARGUMENTS)).map(js::take_value).collect::<Vec<_>>().into_iter()
}

macro_rules! kinds {
    ($($kind:ident $call:ident)*) => {$(
        #[doc(hidden)]
        #[diagnostic::on_unimplemented(
            message = "this closure cannot be exported",
            note = "its arguments, six at most, have to implement `FromJs`, and its result `IntoJs`; it has to be `'static`"
        )]
        pub trait $kind<Arguments, Kind> {
            fn into_run(self) -> Run;
        }
    )*};
}

kinds!(RunMany Fn RunMut FnMut RunOnce FnOnce);

macro_rules! closures {
    ($(($($name:ident $place:literal),*))*) => {$(
        impl<$($name: FromJs,)* R: Outcome<Kind>, Kind, Function: Fn($($name),*) -> R + 'static>
            RunMany<($($name,)*), Kind> for Function
        {
            #[allow(non_snake_case, unused_mut, unused_variables)]
            fn into_run(self) -> Run {
                Rc::new(move |count| {
                    let mut values = taken(count);
                    $(let $name = argument::<$name>($place, &mut values)?;)*
                    self($($name),*).outcome()
                })
            }
        }

        impl<$($name: FromJs,)* R: Outcome<Kind>, Kind, Function: FnMut($($name),*) -> R + 'static>
            RunMut<($($name,)*), Kind> for Function
        {
            #[allow(non_snake_case, unused_mut, unused_variables)]
            fn into_run(self) -> Run {
                let f = RefCell::new(self);
                Rc::new(move |count| {
                    let mut values = taken(count);
                    $(let $name = argument::<$name>($place, &mut values)?;)*
                    let mut f = f.try_borrow_mut().map_err(|_| js::closure_error(
                        BORROWED,
                        "it is running, and cannot be called again before it has returned",
                    ))?;
                    f($($name),*).outcome()
                })
            }
        }

        impl<$($name: FromJs,)* R: Outcome<Kind>, Kind, Function: FnOnce($($name),*) -> R + 'static>
            RunOnce<($($name,)*), Kind> for Function
        {
            #[allow(non_snake_case, unused_mut, unused_variables)]
            fn into_run(self) -> Run {
                let f = Cell::new(Some(self));
                Rc::new(move |count| {
                    let mut values = taken(count);
                    $(let $name = argument::<$name>($place, &mut values)?;)*
                    let f = f.take().ok_or_else(|| js::closure_error(
                        RELEASED,
                        "it could be called once, and has been",
                    ))?;
                    f($($name),*).outcome()
                })
            }
        }
    )*};
}

closures! {
    ()
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
}

/// Runs a closure with this many arguments. False if no closure has this number any more.
pub(crate) fn call(id: u32, arguments: u32) -> bool {
    let Some(run) = with_closures(|closures| place(id).and_then(|at| closures.get(at)?.clone())) else {
        return false;
    };
    match run(arguments) {
        Ok(value) => js::give_value(&value),
        Err(error) => js::fail(&error),
    }
    true
}

/// Drops a closure. If it is running, it is dropped when it returns.
pub(crate) fn free(id: u32) {
    let take = |closures: &mut Vec<Option<Run>>| closures.get_mut(place(id)?)?.take();
    // Outside of the borrow: its captures may be other closures.
    let closure = with_closures(take);
    if closure.is_some() {
        FREE.with(|free| free.with(|free| free.push(id)));
    }
    drop(closure);
}

fn place(id: u32) -> Option<usize> {
    (id as usize).checked_sub(1)
}

/// The number of closures that JavaScript can call.
pub(crate) fn live() -> u32 {
    with_closures(|closures| closures.iter().flatten().count() as u32)
}
