//! Instances as values: arguments whose type the macro knows only by name. They are looked up in the handle table.

use crate::JsValue;
use crate::backend::JsCast;

use super::{ConversionError, Probe, is_absent, reference, refusal};
use crate::call_record::{RecordedBorrow, record_borrow};
use crate::call_site::CallSite;
use crate::class::{
    Class, ExclusiveInstance, SharedInstance, TakenInstance, class_tag, exclusive_instance, into_handle,
    shared_instance, take_instance,
};
use crate::fault::Refusal;
use crate::js;

/// A prepared argument. The value is taken out when every other argument was accepted.
pub trait IntoArgument<T> {
    /// Takes the value. O(1).
    fn get(self) -> T;
}

/// A converted value.
pub struct Ready<T>(pub T);

impl<T> IntoArgument<T> for Ready<T> {
    #[inline(always)]
    fn get(self) -> T {
        self.0
    }
}

/// An instance that still belongs to JavaScript.
pub struct TakenArgument<T: 'static> {
    instance: TakenInstance<T>,
    value: JsValue,
    recorded: RecordedBorrow,
}

impl<T: Class> IntoArgument<T> for TakenArgument<T> {
    fn get(self) -> T {
        js::instance_moved(&self.value, class_tag::<T>());
        drop(self.recorded);
        self.instance.into_value()
    }
}

impl<T: Class> IntoArgument<Option<T>> for Option<TakenArgument<T>> {
    fn get(self) -> Option<T> {
        self.map(IntoArgument::get)
    }
}

/// The handle of an instance of `T`.
fn handle_of<T: Class>(value: &JsValue, argument: u32) -> Result<u32, Refusal> {
    match js::instance_handle(value, class_tag::<T>()) {
        0 => Err(refusal(not_here::<T>(value), argument)),
        handle => Ok(handle),
    }
}

#[cold]
fn not_here<T: Class>(value: &JsValue) -> ConversionError {
    match js::instance_state(value, class_tag::<T>()) {
        0 => ConversionError::expected(&format!("an instance of {}", T::NAME), value),
        state => ConversionError::gone(T::NAME, state == 2),
    }
}

/// The tag of a class, for the shim that asks for handles of its instances.
pub trait ClassTag {
    #[doc(hidden)]
    fn __lend_class_tag(self) -> u32;
}

impl<T: Class> ClassTag for &&Probe<T> {
    fn __lend_class_tag(self) -> u32 {
        class_tag::<T>()
    }
}

/// As [`ClassTag`], for types that are no exported structs: 0.
pub trait NoClassTag {
    #[doc(hidden)]
    fn __lend_class_tag(self) -> u32;
}

impl<T> NoClassTag for &Probe<T> {
    fn __lend_class_tag(self) -> u32 {
        0
    }
}

/// `&T` and `Option<&T>`. Autoref specialization tells an exported struct from a class of JavaScript.
///
/// The JavaScript shim passes the handle of an instance. An instance without a handle is refused: it has ended, or is of another class.
pub trait Borrowed<'a> {
    /// The guard of the argument.
    type Guard;
    #[doc(hidden)]
    fn __lend_hold(self, handle: u32) -> Result<Option<Self::Guard>, Refusal>;
    #[doc(hidden)]
    fn __lend_borrow(self, value: &'a JsValue) -> Result<Self::Guard, Refusal>;
    #[doc(hidden)]
    fn __lend_borrow_optional(self, value: &'a JsValue) -> Result<Option<Self::Guard>, Refusal>;
}

impl<'a, T: Class> Borrowed<'a> for &&Probe<T> {
    type Guard = SharedInstance<T>;

    #[inline(always)]
    fn __lend_hold(self, handle: u32) -> Result<Option<Self::Guard>, Refusal> {
        if handle == 0 { Ok(None) } else { shared_instance::<T>(handle, self.site).map(Some) }
    }

    #[cold]
    fn __lend_borrow(self, value: &'a JsValue) -> Result<Self::Guard, Refusal> {
        Err(refusal(not_here::<T>(value), self.site.argument))
    }

    fn __lend_borrow_optional(self, value: &'a JsValue) -> Result<Option<Self::Guard>, Refusal> {
        if is_absent(value) { Ok(None) } else { self.__lend_borrow(value).map(Some) }
    }
}

/// As [`Borrowed`], for types that are no exported structs. They have no handle.
pub trait BorrowedReference<'a, T: 'a> {
    #[doc(hidden)]
    fn __lend_hold(self, handle: u32) -> Result<Option<&'a T>, Refusal>;
    #[doc(hidden)]
    fn __lend_borrow(self, value: &'a JsValue) -> Result<&'a T, Refusal>
    where
        T: super::Reference;
    #[doc(hidden)]
    fn __lend_borrow_optional(self, value: &'a JsValue) -> Result<Option<&'a T>, Refusal>
    where
        T: super::Reference;
}

impl<'a, T: 'a> BorrowedReference<'a, T> for &Probe<T> {
    #[inline(always)]
    fn __lend_hold(self, _handle: u32) -> Result<Option<&'a T>, Refusal> {
        Ok(None)
    }

    fn __lend_borrow(self, value: &'a JsValue) -> Result<&'a T, Refusal>
    where
        T: JsCast,
    {
        reference(value).map_err(|error| refusal(error, self.site.argument))
    }

    fn __lend_borrow_optional(self, value: &'a JsValue) -> Result<Option<&'a T>, Refusal>
    where
        T: JsCast,
    {
        if is_absent(value) { Ok(None) } else { self.__lend_borrow(value).map(Some) }
    }
}

/// Borrows an instance for writing, by its handle. `None` for the handle 0.
///
/// # Errors
///
/// As [`exclusive_instance`].
#[inline(always)]
pub fn hold_exclusive<T: Class>(
    handle: u32,
    site: &'static CallSite,
) -> Result<Option<ExclusiveInstance<T>>, Refusal> {
    if handle == 0 { Ok(None) } else { exclusive_instance::<T>(handle, site).map(Some) }
}

/// The refusal of a value that is no live instance of `T`.
///
/// # Errors
///
/// Always.
#[cold]
pub fn refuse_exclusive<T: Class>(
    value: &JsValue,
    site: &'static CallSite,
) -> Result<ExclusiveInstance<T>, Refusal> {
    Err(refusal(not_here::<T>(value), site.argument))
}

/// `None` for an absent value, else the refusal of [`refuse_exclusive`].
///
/// # Errors
///
/// Unless the value is absent.
pub fn refuse_unless_absent<T: Class>(
    value: &JsValue,
    site: &'static CallSite,
) -> Result<Option<ExclusiveInstance<T>>, Refusal> {
    if is_absent(value) { Ok(None) } else { refuse_exclusive(value, site).map(Some) }
}

/// Prepares to take an argument that is an instance.
///
/// # Errors
///
/// `Conversion` if the value is no instance of `T`; else as [`take_instance`].
pub(crate) fn take_argument<T: Class>(
    value: JsValue,
    site: &'static CallSite,
) -> Result<TakenArgument<T>, Refusal> {
    let instance = take_instance::<T>(handle_of::<T>(&value, site.argument)?, site)?;
    Ok(TakenArgument { recorded: record_borrow(instance.slot(), site.argument)?, instance, value })
}

/// A new instance of a class, as a value.
///
/// # Errors
///
/// If no handle is left.
pub fn instance_into_js<T: Class>(value: T) -> Result<JsValue, ConversionError> {
    let handle = into_handle(value).map_err(|_| ConversionError::no_handle_left())?;
    Ok(js::new_instance(handle, class_tag::<T>()))
}
