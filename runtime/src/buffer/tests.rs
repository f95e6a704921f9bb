//! Ownership on the Rust side: what moves, what is counted, what is dropped when.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Buffer, BufferMut};
use crate::Clamped;

/// Counts its drops.
struct Owner {
    elements: Vec<u8>,
    drops: Arc<AtomicUsize>,
}

impl std::ops::Deref for Owner {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.elements
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.drops.fetch_add(1, Ordering::SeqCst);
    }
}

fn owner(elements: &[u8]) -> (Owner, Arc<AtomicUsize>) {
    let drops = Arc::new(AtomicUsize::new(0));
    (Owner { elements: elements.to_vec(), drops: Arc::clone(&drops) }, drops)
}

#[test]
fn a_vec_goes_in_and_comes_out_without_a_copy() {
    let _alone = crate::raw::tests::alone();
    for capacity in [3, 100] {
        let mut vec = Vec::with_capacity(capacity);
        vec.extend([1.5_f64, 2.5, 3.5]);
        let address = vec.as_ptr();
        let buffer = Buffer::from(BufferMut::from(vec).into_vec());
        assert_eq!(buffer.as_ptr(), address);
        let vec = buffer.into_vec();
        assert_eq!((vec.as_ptr(), vec.capacity()), (address, capacity));
        assert_eq!(vec, [1.5, 2.5, 3.5]);
    }
}

#[test]
fn empty_buffers_are_buffers() {
    let _alone = crate::raw::tests::alone();
    assert_eq!(Buffer::<u64>::from(vec![]).into_vec(), []);
    assert_eq!(BufferMut::<u64>::zeroed(0).freeze().slice(..).len(), 0);
    assert_eq!(Buffer::from_owner(&[] as &[u16])[..], []);
    assert_eq!(BufferMut::from(Vec::<u8>::with_capacity(10)).into_vec().capacity(), 10);
}

#[test]
fn into_vec_copies_a_shared_buffer() {
    let _alone = crate::raw::tests::alone();
    let one = Buffer::from(vec![1_u8, 2]);
    let other = one.clone();
    assert_eq!(one.holders(), 2);
    let address = other.as_ptr();
    let copy = one.into_vec();
    assert_ne!(copy.as_ptr(), address);
    assert_eq!((copy, &other[..]), (vec![1, 2], &[1, 2][..]));
    assert_eq!(other.holders(), 1);
}

#[test]
fn slices_share_the_memory_and_keep_it() {
    let _alone = crate::raw::tests::alone();
    let all = Buffer::from(vec![1_u16, 2, 3, 4]);
    let (start, end) = (all.slice(..2), all.slice(2..=3));
    let middle = all.slice((std::ops::Bound::Excluded(0), std::ops::Bound::Excluded(3)));
    assert_eq!(all.holders(), 4);
    drop(all);
    assert_eq!((&start[..], &middle[..], &end[..]), (&[1, 2][..], &[2, 3][..], &[3, 4][..]));
    assert_eq!(middle.slice(1..)[..], [3]);
    drop((middle, end));
    assert_eq!(start.into_vec(), [1, 2], "a part from the start is the allocation, shortened");
}

#[test]
#[should_panic = "range end index 3 out of range for slice of length 2"]
fn a_slice_past_the_end_panics() {
    let _alone = crate::raw::tests::alone();
    let _ = Buffer::from(vec![1_u8, 2]).slice(1..3);
}

#[test]
fn an_owner_is_dropped_once_with_the_last_reference() {
    let _alone = crate::raw::tests::alone();
    let (owner, drops) = owner(&[1, 2, 3]);
    let buffer = Buffer::from_owner(owner);
    let (clone, slice) = (buffer.clone(), buffer.slice(1..));
    drop(buffer);
    assert_eq!(clone.into_vec(), [1, 2, 3], "one copy");
    assert_eq!((drops.load(Ordering::SeqCst), &slice[..]), (0, &[2, 3][..]));
    drop(slice);
    assert_eq!(drops.load(Ordering::SeqCst), 1);
}

#[test]
fn an_owner_that_panics_is_dropped_once() {
    let _alone = crate::raw::tests::alone();
    struct Panics(Arc<AtomicUsize>);
    impl std::ops::Deref for Panics {
        type Target = [u8];
        fn deref(&self) -> &[u8] {
            panic!("no elements")
        }
    }
    impl Drop for Panics {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let drops = Arc::new(AtomicUsize::new(0));
    let owner = Panics(Arc::clone(&drops));
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| Buffer::from_owner(owner))).is_err());
    assert_eq!(drops.load(Ordering::SeqCst), 1);
}

#[test]
fn an_owner_may_make_and_drop_buffers_while_it_is_dropped() {
    let _alone = crate::raw::tests::alone();
    struct Nested(Vec<u8>, Option<Buffer<u8>>);
    impl std::ops::Deref for Nested {
        type Target = [u8];
        fn deref(&self) -> &[u8] {
            &self.0
        }
    }
    impl Drop for Nested {
        fn drop(&mut self) {
            self.1 = Some(Buffer::from(vec![1]));
        }
    }
    drop(Buffer::from_owner(Nested(vec![1], Some(Buffer::from(vec![2])))));
}

#[test]
fn an_owner_may_have_its_elements_inside() {
    struct Inline([u32; 4]);
    impl core::ops::Deref for Inline {
        type Target = [u32];

        fn deref(&self) -> &[u32] {
            &self.0
        }
    }
    let _alone = crate::raw::tests::alone();
    let buffer = Buffer::from_owner(Inline([1, 2, 3, 4]));
    let part = buffer.slice(1..3);
    let again = buffer.clone();
    drop(buffer);
    assert_eq!((&part[..], &again[..]), (&[2, 3][..], &[1, 2, 3, 4][..]));
}

#[test]
fn buffers_cross_threads() {
    let _alone = crate::raw::tests::alone();
    let buffer = Buffer::from((0..1000).collect::<Vec<u32>>());
    let sum: u32 = std::thread::scope(|scope| {
        let parts: Vec<_> = (0..4).map(|part| buffer.slice(part * 250..(part + 1) * 250)).collect();
        let threads: Vec<_> =
            parts.into_iter().map(|part| scope.spawn(move || part.iter().sum::<u32>())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!((sum, buffer.holders()), (499_500, 1));
}

#[test]
fn buffers_print_and_compare_as_their_elements() {
    let _alone = crate::raw::tests::alone();
    let pixels = Buffer::from(vec![Clamped(1_u8), Clamped(2)]);
    assert_eq!(format!("{pixels:?}"), "[Clamped(1), Clamped(2)]");
    assert_eq!(pixels, Buffer::from(vec![Clamped(1), Clamped(2)]));
    assert_eq!(format!("{:?}", BufferMut::from(vec![1, 2])), "[1, 2]");
    assert_ne!(BufferMut::from(vec![1.0]), BufferMut::from(vec![f64::NAN]));
}
