//! Sub-buffers, casts, release listeners and limits on the Rust side.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use super::{Buffer, BufferMut, CastError};
use crate::element::Element;
use crate::guard::shared;
use crate::raw::tests::alone;
use crate::raw::{alloc, free, freeze, live_bytes, live_handles, set_limit, sub_buffer};
use crate::table::MUTABLE;

#[test]
fn a_buffer_is_divided_into_owners_of_one_allocation() {
    let _alone = alone();
    let before = live_bytes();
    let whole = BufferMut::from((0..10_u8).collect::<Vec<_>>());
    let address = whole.as_ptr();
    let (mut left, right) = whole.split_at_mut(4);
    let (mut middle, mut end) = right.split_at_mut(3);
    assert_eq!((left.as_ptr(), middle.as_ptr().addr()), (address, address.addr() + 4));
    left.fill(1);
    middle.fill(2);
    end.fill(3);
    assert_eq!((left.len(), &middle[..], &end[..]), (4, &[2; 3][..], &[3; 3][..]));
    drop(left);
    assert_eq!(live_bytes(), before + 10);
    let frozen = middle.freeze();
    let clone = frozen.clone();
    end[0] = 7;
    drop((frozen, end));
    assert_eq!(clone[..], [2, 2, 2]);
    assert_eq!(live_bytes(), before + 10);
    assert_eq!(clone.into_vec(), [2, 2, 2], "a copy of a sub-buffer");
    assert_eq!(live_bytes(), before);
}

#[test]
#[should_panic = "mid 3 out of range for buffer of length 2"]
fn a_division_past_the_end_panics() {
    let _alone = alone();
    let _ = BufferMut::from(vec![1_u8, 2]).split_at_mut(3);
}

#[test]
fn empty_sub_buffers_are_sub_buffers() {
    let _alone = alone();
    let (left, right) = BufferMut::<u64>::zeroed(0).split_at_mut(0);
    assert_eq!((left.len(), right.freeze().len()), (0, 0));
    let (all, none) = BufferMut::from(vec![1_u64]).split_at_mut(1);
    assert_eq!((all.into_vec(), none.into_vec()), (vec![1], vec![]));
}

#[test]
fn a_sub_buffer_goes_to_javascript_and_comes_back() {
    let _alone = alone();
    let before = (live_handles(), live_bytes());
    let (left, right) = BufferMut::from(vec![1_u8, 2, 3]).split_at_mut(1);
    let handles = [left.into_handle(), right.into_handle()];
    let both = handles.map(|handle| crate::guard::exclusive::<u8>(handle, 0).unwrap());
    assert_eq!((both[0].len(), both[1].len()), (1, 2));
    drop(both);
    let taken = crate::guard::take::<u8>(handles[1], 0).unwrap().into_buffer();
    assert_eq!(taken[..], [2, 3]);
    assert_eq!(free(handles[0]), 1);
    drop(taken);
    assert_eq!((live_handles(), live_bytes()), before);
}

#[test]
fn the_same_bytes_are_seen_as_other_types() {
    let _alone = alone();
    let floats = Buffer::from(vec![0.1_f32, 2.0]);
    let bytes = floats.cast::<u8>().unwrap();
    assert_eq!(bytes[..4], [205, 204, 204, 61]);
    assert_eq!(bytes.slice(4..).cast::<f32>().unwrap()[..], [2.0]);
    assert_eq!(bytes.slice(1..5).cast::<f32>(), Err(CastError::Alignment { alignment: 4 }));
    let error = bytes.slice(..7).cast::<f32>().unwrap_err();
    assert_eq!(error.to_string(), "7 bytes are no whole number of elements of 4 bytes");
    drop(floats);
    let handle = bytes.into_handle().unwrap();
    assert_eq!(crate::guard::retain::<u8>(handle, 0).unwrap().buffer().into_vec().len(), 8);
    assert_eq!(free(handle), 1);
}

#[test]
fn each_listener_is_called_once_and_in_order() {
    let _alone = alone();
    let called = Arc::new(Mutex::new(Vec::new()));
    let note = |name: &'static str| {
        let called = Arc::clone(&called);
        move || called.lock().unwrap().push(name)
    };
    let buffer = BufferMut::from(vec![1_u8, 2]);
    buffer.on_release(note("first"));
    let buffer = buffer.freeze();
    buffer.slice(1..).on_release(note("second"));
    let handle = buffer.clone().into_handle().unwrap();
    drop(buffer);
    assert!(called.lock().unwrap().is_empty());
    assert_eq!(free(handle), 1);
    assert_eq!(*called.lock().unwrap(), ["first", "second"]);
    let taken_out = Buffer::from(vec![1_u8]);
    taken_out.on_release(note("third"));
    drop(taken_out.into_vec());
    assert_eq!(called.lock().unwrap().pop(), Some("third"));
}

#[test]
fn other_listeners_run_if_one_panics() {
    let _alone = alone();
    static CALLED: AtomicU32 = AtomicU32::new(0);
    let buffer = Buffer::from(vec![1_u8]);
    for panics in [false, true, false] {
        buffer.on_release(move || {
            CALLED.fetch_add(1, Ordering::SeqCst);
            assert!(!panics, "in a listener");
        });
    }
    let caught = std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| drop(buffer)));
    assert!(caught.is_err());
    assert_eq!(CALLED.load(Ordering::SeqCst), 3);
}

#[test]
#[cfg_attr(miri, ignore = "takes too long")]
fn a_limit_is_an_error_and_no_abort() {
    let _alone = alone();
    set_limit(live_bytes() + 100);
    let refused = BufferMut::<u32>::try_zeroed(26).unwrap_err();
    let granted = BufferMut::<u32>::try_zeroed(25).map(|buffer| buffer.len());
    assert_eq!(crate::raw::alloc(0, 101, false), 0);
    set_limit(u32::MAX);
    assert_eq!(
        (refused.bytes, refused.to_string().as_str(), granted),
        (104, "no memory for 104 bytes", Ok(25))
    );
    assert!(BufferMut::<u8>::try_zeroed(isize::MAX as usize).is_err());
}

#[test]
fn sub_buffers_that_do_not_fit_are_not_made() {
    let _alone = alone();
    let handle = crate::raw::alloc(MUTABLE, 8, false);
    for (tag, start, len) in
        [(0, 9, 0), (0, 0, 9), (0, 8, 1), (0, u32::MAX, 1), (4, 1, 2), (99, 0, 0), (6, 0, u32::MAX)]
    {
        assert_eq!(sub_buffer(handle, tag, start, len), 0, "{tag} {start} {len}");
    }
    let whole = sub_buffer(handle, 0, 0, 8);
    assert_eq!((free(whole), free(handle)), (1, 1));
}

#[test]
fn an_owner_comes_out_of_its_buffer_again() {
    let _alone = alone();
    let shared: Arc<[u8]> = Arc::from([1, 2, 3]);
    let buffer = Buffer::from(Arc::clone(&shared));
    assert_eq!(buffer.as_ptr(), shared.as_ptr());
    assert_eq!(Arc::<[u8]>::from(buffer.slice(1..))[..], [2, 3], "a copy of a sub-buffer");
    assert!(Arc::ptr_eq(&Arc::from(buffer), &shared), "the very same");
    let boxed: Box<[u16]> = Box::new([7, 8]);
    let address = boxed.as_ptr();
    let back = Box::<[u16]>::from(Buffer::from(boxed));
    assert_eq!(back.as_ptr(), address);
    assert_eq!(Vec::from(Buffer::from(&[1_i64][..])), [1]);
    assert_eq!((0..3_u8).collect::<BufferMut<_>>()[..], [0, 1, 2]);
}

#[cfg(feature = "bytes")]
#[test]
fn bytes_become_a_buffer_and_bytes_again() {
    let _alone = alone();
    let bytes = bytes::Bytes::from(vec![1, 2, 3]);
    let buffer = Buffer::from(bytes.clone());
    assert_eq!(buffer.as_ptr(), bytes.as_ptr());
    assert_eq!(bytes::Bytes::from(buffer.slice(1..)).as_ptr(), bytes[1..].as_ptr());
    assert_eq!(bytes::Bytes::from(buffer).as_ptr(), bytes.as_ptr());
}

#[cfg(feature = "ndarray")]
#[test]
fn arrays_keep_their_shape() {
    use ndarray::{Array2, Ix1, Ix2, array, s};
    let _alone = alone();
    let matrix = array![[1_u8, 2, 3], [4, 5, 6]];
    let buffer = Buffer::from(matrix.clone());
    assert_eq!(buffer.as_array::<Ix2>().unwrap(), matrix);
    assert!(buffer.as_array::<Ix1>().is_none());
    let transposed = Buffer::from(matrix.clone().reversed_axes());
    assert_eq!(transposed.as_array::<Ix2>().unwrap(), matrix.t());
    let cut = Buffer::from(matrix.clone().slice_move(s![1.., ..;-1]));
    assert_eq!(cut.as_array::<Ix2>().unwrap(), array![[6, 5, 4]]);
    let columns = Buffer::from(matrix.slice_move(s![.., 1..]));
    assert_eq!(columns.as_array::<Ix2>().unwrap(), array![[2, 3], [5, 6]]);
    assert_eq!(Buffer::from(Array2::<f32>::zeros((0, 3))).len(), 0);
}

#[test]
fn a_frozen_sub_buffer_leaves_the_ledger_if_a_call_drops_it_last() {
    let _alone = alone();
    let before = live_bytes();
    let whole = alloc(u8::tag() | MUTABLE, 8, false);
    let frozen = freeze(sub_buffer(whole, u8::tag(), 2, 4));
    // From here on calls do not enter what they borrow of it.
    let whole = freeze(whole);
    let borrowed = shared::<u8>(frozen, 0).unwrap();
    assert_eq!(free(frozen), 1);
    assert_eq!(borrowed[..], [0; 4]);
    drop(borrowed);
    crate::release::run_pending();
    assert_eq!(free(whole), 1);
    assert_eq!(live_bytes(), before);
}
