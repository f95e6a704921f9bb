//! Instances as values: arguments whose type the macro knows only by name. They are looked up in the handle table.

use crate::JsValue;
use crate::backend::JsCast;

use super::{ConversionError, Held, Holder, IntoArgument, Probe, is_absent, reference, refusal, take_value};
use crate::call_record::{RecordedBorrow, has_borrowed, record_borrow};
use crate::call_site::CallSite;
use crate::class::{
    Class, ExclusiveInstance, SharedInstance, TakenInstance, class_tag, exclusive_instance, into_handle,
    shared_instance, take_instance,
};
use crate::fault::{Fault, RESULT, Refusal};
use crate::{js, table};

/// An instance that still belongs to JavaScript.
pub struct TakenArgument<T: 'static> {
    instance: TakenInstance<T>,
    value: JsValue,
    recorded: Option<RecordedBorrow>,
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

fn an_instance<T: Class>() -> String {
    format!("an instance of {}", T::NAME)
}

#[cold]
fn not_here<T: Class>(value: &JsValue) -> ConversionError {
    match js::instance_state(value, class_tag::<T>()) {
        0 => ConversionError::expected(&an_instance::<T>(), value),
        3 => ConversionError::lent(&an_instance::<T>(), "was lent to a callback, which has returned"),
        state => ConversionError::gone(&an_instance::<T>(), state == 2),
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

impl<T: ?Sized> NoClassTag for &Probe<T> {
    fn __lend_class_tag(self) -> u32 {
        0
    }
}

/// A value that a reference crosses as; or nothing, for an exported struct.
pub trait TakenValue {
    #[doc(hidden)]
    fn is_value(&self) -> bool;
}

impl TakenValue for JsValue {
    #[inline(always)]
    fn is_value(&self) -> bool {
        true
    }
}

impl TakenValue for () {
    #[inline(always)]
    fn is_value(&self) -> bool {
        false
    }
}

/// `&T` and `Option<&T>` of an exported struct: the JavaScript shim passes the handle, and refuses what is no live instance. Autoref
/// specialization tells these structs from classes of JavaScript.
pub trait Borrowed {
    /// The guard of the argument.
    type Guard;
    #[doc(hidden)]
    fn __lend_take_value(self, place: u32);
    #[doc(hidden)]
    fn __lend_hold(self, handle: u32) -> Result<Self::Guard, Refusal>;
    #[doc(hidden)]
    fn __lend_hold_optional(self, handle: u32) -> Result<Option<Self::Guard>, Refusal>;
    #[doc(hidden)]
    fn __lend_borrow(self, held: Self::Guard, value: &()) -> Result<Self::Guard, Refusal>;
    #[doc(hidden)]
    fn __lend_borrow_optional(
        self,
        held: Option<Self::Guard>,
        value: &(),
    ) -> Result<Option<Self::Guard>, Refusal>;
}

impl<T: Class> Borrowed for &&&Probe<T> {
    type Guard = SharedInstance<T>;

    #[inline(always)]
    fn __lend_take_value(self, _place: u32) {}

    #[inline(always)]
    fn __lend_hold(self, handle: u32) -> Result<Self::Guard, Refusal> {
        shared_instance::<T>(handle, self.site)
    }

    #[inline(always)]
    fn __lend_hold_optional(self, handle: u32) -> Result<Option<Self::Guard>, Refusal> {
        if handle == 0 { Ok(None) } else { self.__lend_hold(handle).map(Some) }
    }

    #[inline(always)]
    fn __lend_borrow(self, held: Self::Guard, _value: &()) -> Result<Self::Guard, Refusal> {
        Ok(held)
    }

    #[inline(always)]
    fn __lend_borrow_optional(
        self,
        held: Option<Self::Guard>,
        _value: &(),
    ) -> Result<Option<Self::Guard>, Refusal> {
        Ok(held)
    }
}

/// As [`Borrowed`], for types that are no exported structs. They cross as values.
pub trait BorrowedReference<'a, T: 'a + ?Sized> {
    #[doc(hidden)]
    fn __lend_take_value(self, place: u32) -> JsValue;
    #[doc(hidden)]
    fn __lend_hold(self, handle: u32) -> Result<(), Refusal>;
    #[doc(hidden)]
    fn __lend_hold_optional(self, handle: u32) -> Result<(), Refusal>;
    #[doc(hidden)]
    fn __lend_borrow(self, held: (), value: &'a JsValue) -> Result<&'a T, Refusal>
    where
        T: super::Reference;
    #[doc(hidden)]
    fn __lend_borrow_optional(self, held: (), value: &'a JsValue) -> Result<Option<&'a T>, Refusal>
    where
        T: super::Reference;
}

impl<'a, T: 'a + ?Sized> BorrowedReference<'a, T> for &Probe<T> {
    #[inline(always)]
    fn __lend_take_value(self, place: u32) -> JsValue {
        take_value(place)
    }

    #[inline(always)]
    fn __lend_hold(self, _handle: u32) -> Result<(), Refusal> {
        Ok(())
    }

    #[inline(always)]
    fn __lend_hold_optional(self, _handle: u32) -> Result<(), Refusal> {
        Ok(())
    }

    fn __lend_borrow(self, _held: (), value: &'a JsValue) -> Result<&'a T, Refusal>
    where
        T: JsCast,
    {
        reference(value).map_err(|error| refusal(error, self.site.argument))
    }

    fn __lend_borrow_optional(self, _held: (), value: &'a JsValue) -> Result<Option<&'a T>, Refusal>
    where
        T: JsCast,
    {
        if is_absent(value) { Ok(None) } else { self.__lend_borrow((), value).map(Some) }
    }
}

/// `&mut T` and `Option<&mut T>` of an exported struct.
pub trait ExclusivelyBorrowed<T: Class> {
    #[doc(hidden)]
    fn __lend_hold_mut(self, handle: u32) -> Result<ExclusiveInstance<T>, Refusal>;
    #[doc(hidden)]
    fn __lend_hold_optional_mut(self, handle: u32) -> Result<Option<ExclusiveInstance<T>>, Refusal>;
    #[doc(hidden)]
    fn __lend_borrow_mut(
        self,
        held: ExclusiveInstance<T>,
        value: &(),
    ) -> Result<ExclusiveInstance<T>, Refusal>;
    #[doc(hidden)]
    fn __lend_borrow_optional_mut(
        self,
        held: Option<ExclusiveInstance<T>>,
        value: &(),
    ) -> Result<Option<ExclusiveInstance<T>>, Refusal>;
}

impl<T: Class> ExclusivelyBorrowed<T> for &&&Probe<T> {
    #[inline(always)]
    fn __lend_hold_mut(self, handle: u32) -> Result<ExclusiveInstance<T>, Refusal> {
        exclusive_instance::<T>(handle, self.site)
    }

    #[inline(always)]
    fn __lend_hold_optional_mut(self, handle: u32) -> Result<Option<ExclusiveInstance<T>>, Refusal> {
        if handle == 0 { Ok(None) } else { self.__lend_hold_mut(handle).map(Some) }
    }

    #[inline(always)]
    fn __lend_borrow_mut(
        self,
        held: ExclusiveInstance<T>,
        _value: &(),
    ) -> Result<ExclusiveInstance<T>, Refusal> {
        Ok(held)
    }

    #[inline(always)]
    fn __lend_borrow_optional_mut(
        self,
        held: Option<ExclusiveInstance<T>>,
        _value: &(),
    ) -> Result<Option<ExclusiveInstance<T>>, Refusal> {
        Ok(held)
    }
}

/// No struct with a class: a compile error with the message of `Class`.
pub trait ExclusiveNothing<T> {
    #[doc(hidden)]
    fn __lend_hold_mut(self, handle: u32) -> Result<ExclusiveInstance<T>, Refusal>
    where
        T: Class;
    #[doc(hidden)]
    fn __lend_hold_optional_mut(self, handle: u32) -> Result<Option<ExclusiveInstance<T>>, Refusal>
    where
        T: Class;
    #[doc(hidden)]
    fn __lend_borrow_mut<H, V>(self, held: H, value: &V) -> Result<H, Refusal>;
    #[doc(hidden)]
    fn __lend_borrow_optional_mut<H, V>(self, held: H, value: &V) -> Result<H, Refusal>;
}

impl<T> ExclusiveNothing<T> for &Probe<T> {
    fn __lend_hold_mut(self, handle: u32) -> Result<ExclusiveInstance<T>, Refusal>
    where
        T: Class,
    {
        exclusive_instance::<T>(handle, self.site)
    }

    fn __lend_hold_optional_mut(self, handle: u32) -> Result<Option<ExclusiveInstance<T>>, Refusal>
    where
        T: Class,
    {
        exclusive_instance::<T>(handle, self.site).map(Some)
    }

    fn __lend_borrow_mut<H, V>(self, held: H, _value: &V) -> Result<H, Refusal> {
        Ok(held)
    }

    fn __lend_borrow_optional_mut<H, V>(self, held: H, _value: &V) -> Result<H, Refusal> {
        Ok(held)
    }
}

/// The refusal of an instance that is borrowed, if it is another argument of the same call.
#[cold]
fn aliased(refusal: Refusal) -> Refusal {
    let is_taken = || table::lookup(refusal.handle).is_some_and(|slot| has_borrowed(slot.index()));
    if refusal.fault == Fault::Borrowed && is_taken() {
        Refusal { fault: Fault::Aliased, ..refusal }
    } else {
        refusal
    }
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
    let instance = take_instance::<T>(handle_of::<T>(&value, site.argument)?, site).map_err(aliased)?;
    let recorded = Some(record_borrow(instance.slot(), site.argument)?);
    Ok(TakenArgument { recorded, instance, value })
}

/// The call site of an instance in a callback's result.
static RESULT_OF_CALLBACK: CallSite = CallSite::new("a callback", RESULT);

/// Prepares to take an instance inside another value.
///
/// # Errors
///
/// If the value is no instance of `T`, or something else uses it.
pub fn hold_instance<T: Class>(value: JsValue, holder: Holder) -> Result<Held<T>, ConversionError> {
    let handle = js::instance_handle(&value, class_tag::<T>());
    if handle == 0 {
        return Err(not_here::<T>(&value));
    }
    let site = holder.site.unwrap_or(&RESULT_OF_CALLBACK);
    let instance = take_instance::<T>(handle, site).map_err(|refusal| match refusal.fault {
        Fault::Borrowed => ConversionError::borrowed(&an_instance::<T>()),
        Fault::Temporary => {
            ConversionError::lent(&an_instance::<T>(), "is lent to a callback, until that returns")
        }
        _ => not_here::<T>(&value),
    })?;
    let taken = TakenArgument { recorded: holder.record(instance.slot())?, instance, value };
    Ok(Held::later(move || taken.get()))
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
