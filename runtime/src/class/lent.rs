//! Instances as parameters of callbacks: a `T`, which JavaScript owns from then on; or a `&T` or `&mut T`, which is lent: a JavaScript
//! function uses it during its call.

use core::cell::Cell;
use core::marker::PhantomData;

use super::{Class, class_tag, into_handle};
use crate::js;
use crate::sync::Ordering;
use crate::table::{self, Slot, Storage};

/// A reference that has a handle until this value is dropped. JavaScript ends its object before that. Until then calls
/// from JavaScript may borrow the instance, but they cannot take it, and no borrow of it outlives its call.
///
/// # Invariants
///
/// `slot` is `Storage::Temporary`, and its address is `value`, to which this value has the reference `R`. Only calls from
/// the callback can borrow the slot, and the callback returns before this value is dropped.
pub struct LentInstance<R, T> {
    value: *mut T,
    is_shared: bool,
    slot: Cell<Option<&'static Slot>>,
    handle: Cell<u32>,
    reference: PhantomData<R>,
}

impl<R, T: Class> LentInstance<R, T> {
    fn new(value: *mut T, is_shared: bool) -> Self {
        LentInstance { value, is_shared, slot: Cell::new(None), handle: Cell::new(0), reference: PhantomData }
    }

    /// Handle and class tag in one number. The handle is 0 if none was left.
    pub fn number(&self) -> f64 {
        js::lend_instances();
        let tag = class_tag::<T>();
        if let Some(slot) = table::insert(tag, self.value.cast(), 0, Storage::Temporary, None) {
            if self.is_shared {
                // Nobody has borrowed a new slot.
                let _ = slot.borrow.share();
                // No call site has this borrow.
                slot.borrower.store(core::ptr::null_mut(), Ordering::Relaxed);
            }
            crate::threads::bind(slot);
            self.handle.set(slot.give_to_js());
            self.slot.set(Some(slot));
        }
        f64::from(tag) * 4_294_967_296.0 + f64::from(self.handle.get())
    }
}

impl<R, T> Drop for LentInstance<R, T> {
    fn drop(&mut self) {
        let is_live = |slot: &&'static Slot| slot.handle.load(Ordering::Relaxed) == self.handle.get();
        if let Some(slot) = self.slot.get().filter(is_live) {
            if self.is_shared {
                let _ = slot.borrow.end_shared();
            }
            // JavaScript has ended its object, so it no longer knows the handle.
            let _ = slot.take_back_temporary();
            slot.release();
        }
    }
}

impl<'t, T: Class> LentInstance<&'t T, T> {
    /// The instance stays borrowed for reading.
    #[must_use]
    pub fn shared(instance: &'t T) -> Self {
        super::guard::may_name_sites();
        LentInstance::new(core::ptr::from_ref(instance).cast_mut(), true)
    }
}

impl<'t, T: Class> LentInstance<&'t mut T, T> {
    /// Calls from the callback may write to the instance.
    #[must_use]
    pub fn exclusive(instance: &'t mut T) -> Self {
        super::guard::may_name_sites();
        LentInstance::new(core::ptr::from_mut(instance), false)
    }
}

/// Handle and class tag of an instance that JavaScript gets, in one number. The handle is 0 if none was left.
#[must_use]
pub fn given<T: Class>(instance: T) -> f64 {
    js::lend_instances();
    let handle = into_handle(instance).unwrap_or(0);
    f64::from(class_tag::<T>()) * 4_294_967_296.0 + f64::from(handle)
}

/// Lets an exported struct, and references to it, be parameters of callbacks.
///
/// A generic impl would overlap with that of `PassAsValue`.
#[doc(hidden)]
#[macro_export]
macro_rules! __lend_class_lent {
    ($lend:path, $class:ident) => {
        const _: () = {
            use $lend as lend;

            #[automatically_derived]
            impl lend::Pass for $class {
                const KIND: lend::primitive::u32 = lend::GIVEN;
                type Passed = lend::primitive::f64;

                fn pass(self) -> lend::primitive::f64 {
                    lend::given(self)
                }

                fn number(passed: &lend::primitive::f64) -> lend::primitive::f64 {
                    *passed
                }
            }

            #[automatically_derived]
            impl lend::Parameter for $class {
                const TS: lend::Ts = lend::Ts::Text(<$class as lend::Class>::NAME);
                type At<'a> = $class;
            }

    $crate::__lend_class_lent!(@ $class, &'t $class, &'a $class, &$class, shared);
    $crate::__lend_class_lent!(@ $class, &'t mut $class, &'a mut $class, &mut $class, exclusive);
        };
    };
    (@ $class:ident, $reference:ty, $at:ty, $parameter:ty, $lend:ident) => {
        #[automatically_derived]
        impl<'t> lend::Pass for $reference {
            const KIND: lend::primitive::u32 = lend::LENT;
            type Passed = lend::LentInstance<$reference, $class>;

            fn pass(self) -> Self::Passed {
                lend::LentInstance::<$reference, $class>::$lend(self)
            }

            fn number(passed: &Self::Passed) -> lend::primitive::f64 {
                passed.number()
            }
        }

        #[automatically_derived]
        impl lend::Parameter for $parameter {
            const TS: lend::Ts = lend::Ts::Text(<$class as lend::Class>::NAME);
            type At<'a> = $at;
        }
    };
}
