//! The raw exports, called with valid and made-up numbers.

use std::sync::{Mutex, MutexGuard, PoisonError};

use proptest::prelude::*;

use super::*;
use crate::element::{Element as _, Number};
use crate::fault::{Fault, Refusal};
use crate::guard::{exclusive, retain, shared, take, take_vec};
use crate::{Buffer, BufferMut};
use crate::{gift, scratch};

/// The counters are the process's, so tests that read them take turns.
pub(crate) fn alone() -> Alone {
    static ALONE: Mutex<()> = Mutex::new(());
    Alone { _guard: ALONE.lock().unwrap_or_else(PoisonError::into_inner) }
}

/// Frees the scratch memory of the test's thread at its end.
pub(crate) struct Alone {
    _guard: MutexGuard<'static, ()>,
}

impl Drop for Alone {
    fn drop(&mut self) {
        scratch::end();
        gift::end();
    }
}

const U8: u32 = <u8 as Number>::TAG;
const F32: u32 = <f32 as Number>::TAG;

fn fault<T>(result: Result<T, Refusal>) -> Fault {
    match result {
        Ok(_) => panic!("was not refused"),
        Err(refusal) => refusal.fault,
    }
}

#[test]
fn a_handle_dies_with_free_and_its_slot_makes_another() {
    let _alone = alone();
    let first = alloc(U8 | MUTABLE, 3, false);
    assert_eq!((length(first), tag(first)), (3, U8 | MUTABLE));
    assert_eq!((free(first), free(first)), (1, 0));
    let second = alloc(U8 | MUTABLE, 3, false);
    assert_ne!(first, second);
    assert_eq!((address(first), length(first), tag(first), freeze(first)), (0, 0, u32::MAX, 0));
    assert_eq!(fault(shared::<u8>(first, 0)), Fault::Stale);
    assert_eq!(free(second), 1);
}

#[test]
#[cfg_attr(miri, ignore = "takes too long")]
fn handles_are_reused_and_never_run_out() {
    let _alone = alone();
    let first = alloc(U8, 1, false);
    assert_eq!(free(first), 1);
    let mut rounds = 0;
    for _ in 0..5000 {
        let handle = alloc(U8, 1, false);
        assert!(handle >= GENERATION, "no handle has generation 0");
        assert_eq!(handle % GENERATION, first % GENERATION, "the same slot");
        rounds += u32::from(handle == first);
        assert_eq!(free(handle), 1);
    }
    assert!(rounds >= 4, "{rounds}");
}

#[test]
#[cfg_attr(miri, ignore = "takes too long")]
fn a_slot_can_be_given_to_javascript_any_number_of_times() {
    let _alone = alone();
    let mut handle = alloc(U8 | MUTABLE, 4, false);
    let sub = sub_buffer(handle, U8, 0, 2);
    for _ in 0..5000 {
        handle = take::<u8>(handle, 0).unwrap().into_buffer().into_handle();
        assert_ne!(handle, 0);
    }
    assert_eq!((free(sub), free(handle)), (1, 1));
}

#[test]
fn an_abandoned_borrow_ends_whatever_javascript_has_done_with_the_handle() {
    let _alone = alone();
    crate::key::set(7);
    let handle = alloc(U8, 4, false);
    let kept = retain::<u8>(handle, 0).unwrap();
    let buffer = kept.buffer();
    // Freed in the call, and given back by Rust: the same slot has another handle.
    assert_eq!(free(handle), 1);
    let again = buffer.into_handle().unwrap();
    assert_ne!(again, handle);
    core::mem::forget(kept);
    abandon(handle, 8);
    assert_eq!(is_borrowed(again), 1, "without the key");
    abandon(handle, 7);
    assert_eq!(is_borrowed(again), 0);
    assert_eq!(free(again), 1);
}

#[test]
fn types_and_mutability_are_checked() {
    let _alone = alone();
    let (read_only, mutable) = (alloc(U8, 1, false), alloc(U8 | MUTABLE, 1, false));
    assert_eq!(fault(shared::<f32>(mutable, 0)), Fault::Type);
    assert_eq!(fault(shared::<i8>(read_only, 0)), Fault::Type);
    assert_eq!(fault(exclusive::<u8>(read_only, 0)), Fault::Type);
    assert_eq!(fault(take::<u8>(read_only, 0)), Fault::Type);
    assert_eq!(fault(retain::<u8>(mutable, 0)), Fault::Type);
    assert_eq!(freeze(read_only), 0);
    assert_eq!(is_borrowed(mutable) + is_borrowed(read_only), 0, "a refusal leaves nothing borrowed");
    assert_eq!(free(read_only) + free(mutable), 2);
}

#[test]
fn borrows_exclude_each_other_and_end() {
    let _alone = alone();
    let handle = alloc(F32 | MUTABLE, 2, false);
    {
        let mut writer = exclusive::<f32>(handle, 0).unwrap();
        writer[1] = 2.5;
        assert_eq!(fault(shared::<f32>(handle, 1)), Fault::Borrowed);
        assert_eq!(fault(take::<f32>(handle, 1)), Fault::Borrowed);
        assert_eq!(freeze(handle), 0);
    }
    let (one, other) = (shared::<f32>(handle, 0).unwrap(), shared::<f32>(handle, 1).unwrap());
    assert_eq!((one[1], other[1]), (2.5, 2.5));
    assert_eq!(fault(exclusive::<f32>(handle, 1)), Fault::Borrowed);
    drop((one, other));
    assert_eq!(take::<f32>(handle, 0).unwrap().into_vec(), [0.0, 2.5]);
    assert_eq!(fault(shared::<f32>(handle, 0)), Fault::Stale);
}

#[test]
fn a_take_that_is_not_completed_moves_nothing() {
    let _alone = alone();
    let handle = alloc(U8 | MUTABLE, 2, false);
    drop(take::<u8>(handle, 0).unwrap());
    assert_eq!((length(handle), is_borrowed(handle)), (2, 0));
    assert_eq!(free(handle), 1);
}

#[test]
fn is_borrowed_distinguishes_rust_from_a_call() {
    let _alone = alone();
    let whole = alloc(U8 | MUTABLE, 4, false);
    let (left, right) = (sub_buffer(whole, U8, 0, 2), sub_buffer(whole, U8, 2, 2));
    let reader = shared::<u8>(left, 0).unwrap();
    assert_eq!((is_borrowed(whole), is_borrowed(left), is_borrowed(right)), (1, 1, 1));
    let taken = take::<u8>(right, 0).unwrap().into_buffer();
    assert_eq!((is_borrowed(whole), is_borrowed(left)), (2, 2));
    drop(reader);
    assert_eq!(is_borrowed(whole), 2);
    drop(taken);
    assert_eq!(is_borrowed(whole), 0);
    let other = alloc(U8 | MUTABLE, 4, false);
    let writer = exclusive::<u8>(other, 0).unwrap();
    assert_eq!((is_borrowed(other), is_borrowed(whole)), (1, 0));
    drop(writer);
    assert_eq!(free(whole) + free(left) + free(other), 3);
}

#[test]
fn memory_freed_during_borrows_is_released_after_the_last_one() {
    let _alone = alone();
    let before = live_bytes();
    let handle = alloc(U8, 1000, false);
    let (one, other) = (shared::<u8>(handle, 0).unwrap(), shared::<u8>(handle, 0).unwrap());
    assert_eq!(free(handle), 1);
    assert_eq!(live_bytes(), before + 1000);
    drop(one);
    assert_eq!((other.len(), live_bytes()), (1000, before + 1000));
    drop(other);
    assert_eq!(live_bytes(), before + 1000, "not while the call ends");
    crate::release::run_pending();
    assert_eq!(live_bytes(), before);
}

#[test]
fn memory_freed_at_the_end_of_a_call_is_released_after_it() {
    let _alone = alone();
    let before = live_bytes();
    let handle = alloc(U8, 1000, false);
    assert_eq!((free_later(handle), free_later(handle)), (1, 0));
    assert_eq!((address(handle), live_bytes()), (0, before + 1000));
    crate::release::run_pending();
    assert_eq!(live_bytes(), before);
}

#[test]
fn a_sub_buffer_in_javascript_keeps_the_whole() {
    let _alone = alone();
    let before = (live_handles(), live_bytes());
    let whole = Buffer::from(vec![1_u8, 2, 3, 4]);
    let sub = whole.slice(1..3).into_handle().unwrap();
    let again = whole.clone().into_handle().unwrap();
    assert_eq!(overlap(sub, again), 1);
    drop(whole);
    assert_eq!(free(again), 1);
    assert_eq!(shared::<u8>(sub, 0).unwrap()[..], [2, 3]);
    let kept = retain::<u8>(sub, 0).unwrap().buffer();
    assert_eq!(free(sub), 1);
    assert_eq!(kept[..], [2, 3]);
    drop(kept);
    assert_eq!((live_handles(), live_bytes()), before);
}

#[test]
fn impossible_sizes_and_types_are_answered_with_0() {
    let _alone = alone();
    assert_eq!(alloc(12, 1, false), 0, "no such type");
    assert_eq!(alloc(U8 | 1 << 17, 1, false), 0, "no such tag");
    assert!(scratch::prepare(0, 99, 1, true).is_none());
}

#[test]
fn scratch_memory_is_borrowed_but_never_given_away() {
    let _alone = alone();
    let handle = scratch::prepare(0, U8, 4, true).unwrap().handle;
    assert_eq!((free(handle), freeze(handle)), (0, 0));
    assert_eq!(fault(take::<u8>(handle, 0)), Fault::Type);
    assert_eq!(fault(retain::<u8>(handle, 0)), Fault::Type);
    let outer = exclusive::<u8>(handle, 0).unwrap();
    let inner = scratch::prepare(0, F32, 100_000, true).unwrap().handle;
    assert_ne!(inner, handle, "a call under way keeps its own");
    assert_eq!(shared::<f32>(inner, 0).unwrap().len(), 100_000);
    scratch::trim();
    assert_eq!((outer.len(), length(inner)), (4, 0));
    assert!(scratch::prepare(0, F32, 100_000, false).is_none(), "nothing is kept");
    assert!(scratch::prepare(100, F32, 1, false).is_none(), "there is no such slot yet");
}

#[test]
fn an_empty_sub_buffer_is_borrowed_beside_anything() {
    let _alone = alone();
    let whole = alloc(F32 | MUTABLE, 4, false);
    let (empty, tail) = (sub_buffer(whole, F32, 2, 0), sub_buffer(whole, F32, 1, 3));
    let before = live_borrows();
    {
        let _all = exclusive::<f32>(whole, 0).unwrap();
        assert!(exclusive::<f32>(empty, 1).unwrap().is_empty());
        assert!(shared::<f32>(empty, 1).unwrap().is_empty());
        assert_eq!(fault(shared::<f32>(tail, 1)), Fault::Borrowed);
    }
    {
        let _none = exclusive::<f32>(empty, 0).unwrap();
        assert_eq!(exclusive::<f32>(whole, 1).unwrap().len(), 4);
        assert_eq!(fault(exclusive::<f32>(empty, 1)), Fault::Borrowed, "itself is not beside");
    }
    assert_eq!((overlap(empty, whole), overlap(tail, whole), overlap(empty, empty)), (0, 1, 1));
    assert_eq!(live_borrows(), before);
    assert_eq!((free(empty), free(tail), free(whole)), (1, 1, 1));
}

#[test]
fn scratch_memory_is_aligned_for_each_type_that_it_is_used_for() {
    #[repr(C, align(64))]
    #[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
    struct Line([u8; 64]);
    // SAFETY: the registration is of this type alone, and there are no fields.
    unsafe impl crate::Record for Line {
        const NAME: &'static str = "Line";
        const FIELDS: &'static [crate::record::Field] = &[];

        fn registration() -> &'static crate::element::Registration {
            static REGISTRATION: crate::element::Registration = crate::element::Registration::new();
            &REGISTRATION
        }
    }
    let _alone = alone();
    for len in [0, 1, 17, 300, 2000, 3, 0] {
        let area = scratch::prepare(0, Line::tag(), len, true).unwrap();
        assert_eq!(area.data.addr() % 64, 0, "{len} lines");
        assert!(area.capacity >= len as usize * 64);
        assert_eq!(shared::<Line>(area.handle, 0).unwrap().len(), len as usize);
        let bytes = scratch::prepare(0, U8, 3000 * len + 1, true).unwrap();
        assert_eq!(exclusive::<u8>(bytes.handle, 0).unwrap().len(), 3000 * len as usize + 1);
        if len == 300 {
            scratch::trim();
        }
    }
}

/// One call of a program that makes its numbers up, or uses handles it was given.
#[derive(Clone, Debug)]
enum Step {
    Alloc(u32, u32),
    Free(usize),
    Freeze(usize),
    Ask(usize),
    Abandon(usize),
    Borrow(usize, u32),
    Take(usize),
    Keep(usize),
    Return(usize),
    Part(usize, u32, u32, u32),
    Divide(usize),
    FreezeOwned,
    Listen(usize),
    Layout(usize, u32),
    Limit(u32),
    Scratch(u32, u32, u32),
    Gift(u32, u32, u32),
    TakeVec(usize),
    Trim,
}

fn step() -> impl Strategy<Value = Step> {
    let index = || 0_usize..24;
    prop_oneof![
        (prop_oneof![0_u32..12, any::<u32>()], 0_u32..200).prop_map(|(tag, len)| Step::Alloc(tag, len)),
        (0_u32..11, 0_u32..200).prop_map(|(tag, len)| Step::Alloc(tag | MUTABLE, len)),
        index().prop_map(Step::Free),
        index().prop_map(Step::Freeze),
        index().prop_map(Step::Ask),
        index().prop_map(Step::Abandon),
        (index(), 0_u32..3).prop_map(|(index, kind)| Step::Borrow(index, kind)),
        index().prop_map(Step::Take),
        index().prop_map(Step::Keep),
        index().prop_map(Step::Return),
        (index(), 0_u32..12, prop_oneof![0_u32..40, any::<u32>()], prop_oneof![0_u32..40, any::<u32>()])
            .prop_map(|(index, tag, start, len)| Step::Part(index, tag, start, len)),
        index().prop_map(Step::Divide),
        Just(Step::FreezeOwned),
        index().prop_map(Step::Listen),
        (index(), any::<u32>()).prop_map(|(index, axes)| Step::Layout(index, axes)),
        any::<u32>().prop_map(Step::Limit),
        (any::<u32>(), 0_u32..12, 0_u32..5000)
            .prop_map(|(ordinal, tag, len)| Step::Scratch(ordinal, tag, len)),
        (0_u32..70, 0_u32..12, 0_u32..5000).prop_map(|(ordinal, tag, len)| Step::Gift(ordinal, tag, len)),
        index().prop_map(Step::TakeVec),
        Just(Step::Trim),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever numbers come, memory is read and written within live allocations only (which the address sanitizer and
    /// Miri watch), and when the program has freed what it had, nothing is left.
    #[test]
    #[cfg_attr(miri, ignore = "takes too long")]
    fn a_hostile_caller_gets_no_memory_and_leaves_nothing(
        steps in prop::collection::vec(step(), 1..150),
        forged in prop::collection::vec(any::<u32>(), 8),
    ) {
        let _alone = alone();
        let before = (live_handles(), live_bytes());
        let mut handles: Vec<u32> = forged;
        let mut kept: Vec<Buffer<u8>> = Vec::new();
        let mut owned: Vec<BufferMut<u8>> = Vec::new();
        for step in steps {
            let pick = |index: usize| handles[index % handles.len()];
            match step {
                Step::Alloc(tag, len) => handles.push(alloc(tag, len, false)),
                Step::Free(index) => { free(pick(index)); }
                Step::Freeze(index) => { let frozen = freeze(pick(index)); handles.push(frozen); }
                Step::Ask(index) => {
                    let (handle, other) = (pick(index), pick(index + 1));
                    let _ = (address(handle), length(handle), tag(handle), is_borrowed(handle), overlap(handle, other));
                    let _ = (references(handle), layout(handle), handle_after(handle), live_buffers(), live_borrows());
                }
                Step::Part(index, tag, start, len) => { let handle = pick(index); handles.push(sub_buffer(handle, tag, start, len)) }
                Step::Divide(index) => if let Some(buffer) = owned.pop() {
                    let mid = index.min(buffer.len());
                    owned.extend(<[BufferMut<u8>; 2]>::from(buffer.split_at_mut(mid)));
                }
                Step::FreezeOwned => if let Some(buffer) = owned.pop() { kept.push(buffer.freeze()) },
                Step::Listen(index) => { notify(pick(index), index as u32); }
                Step::Layout(index, axes) => { set_layout(pick(index), axes % 40); }
                Step::Limit(bytes) => set_limit(bytes),
                Step::Abandon(index) => { crate::key::set(7); abandon(pick(index), 7); }
                Step::Borrow(index, 0) => if let Ok(values) = shared::<u8>(pick(index), 0) { let _ = values.iter().fold(0_u8, |a, b| a ^ b); }
                Step::Borrow(index, 1) => if let Ok(mut values) = exclusive::<u8>(pick(index), 0) { values.fill(7) },
                Step::Borrow(index, _) => if let Ok(mut values) = exclusive::<f64>(pick(index), 0) { values.fill(0.5) },
                Step::Take(index) => if let Ok(taken) = take::<u8>(pick(index), 0) { owned.push(taken.into_buffer()) },
                Step::Keep(index) => if let Ok(held) = retain::<u8>(pick(index), 0) { kept.push(held.buffer()) },
                Step::Return(index) => {
                    if let Some(buffer) = owned.pop() { handles.push(buffer.into_handle()) }
                    if !kept.is_empty() { let buffer = kept.swap_remove(index % kept.len()); let from = index.min(buffer.len()); handles.push(buffer.slice(from..).into_handle().unwrap()) }
                }
                Step::Scratch(ordinal, tag, len) => if let Some(area) = scratch::prepare(ordinal, tag, len, true) { handles.push(area.handle) },
                Step::Gift(ordinal, tag, len) => if let Some((_, handle)) = gift::prepare(ordinal, tag, len) { handles.push(handle) },
                // What hears of its end runs after the call.
                Step::TakeVec(index) => {
                    if let Ok(taken) = take_vec::<u8>(pick(index), 0) { drop(taken.into_vec()) }
                    crate::release::run_pending();
                }
                Step::Trim => scratch::trim(),
            }
        }
        set_limit(u32::MAX);
        drop((kept, owned));
        for handle in handles { while free(handle) == 1 {} }
        prop_assert_eq!((live_handles(), live_bytes()), before);
    }
}
