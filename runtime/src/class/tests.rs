use std::rc::Rc;

use super::*;
use crate::call_site::CallSite;
use crate::fault::{Fault, Refusal};
use crate::raw;

struct Samples {
    values: Vec<f32>,
    _counted: Rc<()>,
}

// SAFETY: the number is of this type alone.
unsafe impl Class for Samples {
    const NAME: &'static str = "Samples";

    fn id() -> &'static ClassId {
        static ID: ClassId = ClassId::new();
        &ID
    }
}

struct Other;

// SAFETY: the number is of this type alone.
unsafe impl Class for Other {
    const NAME: &'static str = "Other";

    fn id() -> &'static ClassId {
        static ID: ClassId = ClassId::new();
        &ID
    }
}

static ORIGIN: CallSite = CallSite::new("Samples.test", 0);

fn samples(counted: &Rc<()>) -> u32 {
    into_handle(Samples { values: vec![1.0, 2.0], _counted: Rc::clone(counted) }).expect("a handle")
}

fn fault<T>(result: Result<T, Refusal>) -> Fault {
    match result {
        Ok(_) => panic!("it was accepted"),
        Err(refusal) => refusal.fault,
    }
}

#[test]
fn borrows_exclude_each_other_as_they_do_in_rust() {
    let counted = Rc::new(());
    let handle = samples(&counted);
    let one = shared_instance::<Samples>(handle, &ORIGIN).unwrap();
    let two = shared_instance::<Samples>(handle, &ORIGIN).unwrap();
    assert_eq!(one.values, two.values);
    assert_eq!(fault(exclusive_instance::<Samples>(handle, &ORIGIN)), Fault::Borrowed);
    assert_eq!(fault(take_instance::<Samples>(handle, &ORIGIN)), Fault::Borrowed);
    drop((one, two));
    let mut exclusive = exclusive_instance::<Samples>(handle, &ORIGIN).unwrap();
    exclusive.values.push(3.0);
    assert_eq!(fault(shared_instance::<Samples>(handle, &ORIGIN)), Fault::Borrowed);
    drop(exclusive);
    assert_eq!(shared_instance::<Samples>(handle, &ORIGIN).unwrap().values.len(), 3);
    assert_eq!(raw::free(handle), 1);
    assert_eq!(Rc::strong_count(&counted), 1);
}

#[test]
fn messages_name_the_borrower_that_has_the_borrow_for_the_longest() {
    static INNER: CallSite = CallSite::new("Samples.inner", 1);
    let handle = samples(&Rc::new(()));
    let slot = table::lookup(handle).unwrap();
    let named = || site_of(slot).map(|site| site.function);
    let outer = shared_instance::<Samples>(handle, &ORIGIN).unwrap();
    drop(shared_instance::<Samples>(handle, &INNER).unwrap());
    assert_eq!(named(), Some("Samples.test"));
    drop(outer);
    let exclusive = exclusive_instance::<Samples>(handle, &INNER).unwrap();
    assert_eq!(named(), Some("Samples.inner"));
    drop(exclusive);
    let guard = shared_instance::<Samples>(handle, &ORIGIN).unwrap();
    let inside = borrowed_result(guard, &INNER, |samples| Ok(Some(&samples.values[..]))).unwrap();
    assert_eq!(named(), Some("Samples.inner"), "the buffer has the borrow now");
    raw::free(inside);
    raw::free(handle);
}

#[test]
fn a_handle_of_one_class_is_refused_as_another_class_or_buffer() {
    let counted = Rc::new(());
    let handle = samples(&counted);
    assert_eq!(fault(shared_instance::<Other>(handle, &ORIGIN)), Fault::Type);
    assert_eq!(fault(crate::guard::shared::<u8>(handle, 0)), Fault::Type);
    assert_eq!(
        (raw::sub_buffer(handle, 0, 0, 0), raw::freeze(handle), raw::set_layout(handle, 1)),
        (0, 0, 0)
    );
    let buffer = crate::BufferMut::from(vec![1_u8]).into_handle();
    assert_eq!(fault(shared_instance::<Samples>(buffer, &ORIGIN)), Fault::Type);
    assert_eq!(fault(shared_instance::<Samples>(0, &ORIGIN)), Fault::Stale);
    raw::free(buffer);
    raw::free(handle);
    assert_eq!(fault(shared_instance::<Samples>(handle, &ORIGIN)), Fault::Stale);
}

#[test]
fn a_taken_instance_is_moved_and_dropped_once() {
    let counted = Rc::new(());
    let handle = samples(&counted);
    drop(take_instance::<Samples>(handle, &ORIGIN).unwrap());
    let value = take_instance::<Samples>(handle, &ORIGIN).unwrap().into_value();
    assert_eq!(fault(shared_instance::<Samples>(handle, &ORIGIN)), Fault::Stale);
    assert_eq!((raw::free(handle), value.values.len(), Rc::strong_count(&counted)), (0, 2, 2));
    drop(value);
    assert_eq!(Rc::strong_count(&counted), 1);
}

#[test]
fn an_instance_freed_during_a_borrow_lives_until_the_borrow_ends() {
    let counted = Rc::new(());
    let handle = samples(&counted);
    let shared = shared_instance::<Samples>(handle, &ORIGIN).unwrap();
    raw::free(handle);
    assert_eq!((shared.values.len(), Rc::strong_count(&counted)), (2, 2));
    drop(shared);
    assert_eq!(Rc::strong_count(&counted), 2, "not while the call ends");
    crate::release::run_pending();
    assert_eq!(Rc::strong_count(&counted), 1);
}

#[test]
fn an_instance_freed_during_a_taking_call_is_still_moved() {
    let counted = Rc::new(());
    let handle = samples(&counted);
    let taken = take_instance::<Samples>(handle, &ORIGIN).unwrap();
    assert_eq!(raw::free(handle), 1);
    assert_eq!(taken.into_value().values.len(), 2);
    // The next instances in that slot.
    let next: Vec<u32> = (0..3).map(|_| samples(&counted)).collect();
    for handle in next {
        assert_eq!(shared_instance::<Samples>(handle, &ORIGIN).unwrap().values.len(), 2);
        assert_eq!((raw::free(handle), raw::free(handle)), (1, 0));
    }
    assert_eq!(Rc::strong_count(&counted), 1);
}

#[test]
fn a_borrowed_result_keeps_its_instance_borrowed() {
    let counted = Rc::new(());
    let handle = samples(&counted);
    let guard = shared_instance::<Samples>(handle, &ORIGIN).unwrap();
    let inside = borrowed_result(guard, &ORIGIN, |samples| Ok(Some(&samples.values[1..]))).unwrap();
    assert_eq!(crate::guard::shared::<f32>(inside, 0).unwrap()[..], [2.0]);
    assert_eq!(fault(exclusive_instance::<Samples>(handle, &ORIGIN)), Fault::Borrowed);
    raw::free(handle);
    assert_eq!(Rc::strong_count(&counted), 2);
    raw::free(inside);
    crate::release::run_pending();
    assert_eq!(Rc::strong_count(&counted), 1);
}

#[test]
fn a_mutable_borrowed_result_borrows_its_instance_exclusively() {
    let counted = Rc::new(());
    let handle = samples(&counted);
    let guard = exclusive_instance::<Samples>(handle, &ORIGIN).unwrap();
    let inside = borrowed_result_mut(guard, &ORIGIN, |samples| Ok(Some(&mut samples.values[..]))).unwrap();
    crate::guard::exclusive::<f32>(inside, 0).unwrap()[0] = 5.0;
    assert_eq!(fault(shared_instance::<Samples>(handle, &ORIGIN)), Fault::Borrowed);
    assert_eq!(
        fault(crate::guard::take::<f32>(inside, 0)),
        Fault::Type,
        "it is not JavaScript's to give away"
    );
    raw::free(inside);
    assert_eq!(shared_instance::<Samples>(handle, &ORIGIN).unwrap().values[0], 5.0);
    raw::free(handle);
    assert_eq!(Rc::strong_count(&counted), 1);
}

#[test]
fn a_method_that_returns_none_leaves_nothing_borrowed() {
    let counted = Rc::new(());
    let handle = samples(&counted);
    let guard = shared_instance::<Samples>(handle, &ORIGIN).unwrap();
    assert_eq!(borrowed_result::<_, f32>(guard, &ORIGIN, |_| Ok(None)), Ok(0));
    assert!(exclusive_instance::<Samples>(handle, &ORIGIN).is_ok());
    raw::free(handle);
}
