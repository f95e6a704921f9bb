//! ndarray's arrays and views over buffers. The slot has the shape, and the memory is shared as for slices.

use ndarray::{Array, ArrayView, ArrayViewMut, Dimension, IxDyn, Shape, ShapeBuilder, StrideShape};

use super::{ArrayArgument, Return};
use crate::buffer::{Buffer, BufferMut};
use crate::element::Element;
use crate::fault::{Fault, Refusal};
use crate::guard::{Exclusive, Shared, Take, exclusive, shared, take};
use crate::memory::out_of_memory;
use crate::pending_drops::End;
use crate::table::{ArrayShape, MOST_AXES, Slot};

/// The shape of a buffer, if it has as many axes as `D`. A buffer without a shape has one axis.
fn shape_of<D: Dimension>(slot: &Slot, len: usize) -> Option<StrideShape<D>> {
    let mut numbers = [0; 2 * MOST_AXES];
    let own = slot.with_array_shape(|own| {
        numbers.iter_mut().zip(own).for_each(|(number, own)| *number = *own as usize);
        own.len()
    });
    if own.is_none() {
        numbers[..2].copy_from_slice(&[len, 1]);
    }
    let numbers = numbers.get(..own.unwrap_or(2))?;
    let (lengths, strides) = numbers.split_at(numbers.len() / 2);
    let axes = |numbers: &[usize]| D::from_dimension(&IxDyn(numbers));
    Some(Shape::from(axes(lengths)?).strides(axes(strides)?))
}

/// A guard and the shape of its buffer, which was checked to fit.
pub struct Shaped<G, D: Dimension> {
    guard: G,
    shape: StrideShape<D>,
}

impl<G: End, D: Dimension> End for Shaped<G, D> {
    #[inline]
    fn end(self) -> bool {
        self.guard.end()
    }
}

/// Checks that the shape fits, and puts it beside the guard.
fn shaped<G, D: Dimension>(
    guard: G,
    slot: &Slot,
    len: usize,
    fits: impl FnOnce(&G, StrideShape<D>) -> bool,
    refusal: Refusal,
) -> Result<Shaped<G, D>, Refusal> {
    match shape_of::<D>(slot, len) {
        Some(shape) if fits(&guard, shape.clone()) => Ok(Shaped { guard, shape }),
        _ => Err(refusal),
    }
}

impl<T: Element, D: Dimension> ArrayArgument for ArrayView<'_, T, D> {
    type Guard = Shaped<Shared<T>, D>;

    fn guard(handle: u32, argument: u32) -> Result<Self::Guard, Refusal> {
        let guard = shared::<T>(handle, argument)?;
        let (slot, len) = (guard.slot(), guard.len());
        let fits = |guard: &Shared<T>, shape| ArrayView::from_shape(shape, &guard[..]).is_ok();
        shaped(guard, slot, len, fits, Refusal { fault: Fault::Type, argument, handle })
    }
}

impl<T: Element, D: Dimension> Shaped<Shared<T>, D> {
    /// The user's argument.
    #[must_use]
    pub fn view(&self) -> ArrayView<'_, T, D> {
        ArrayView::from_shape(self.shape.clone(), &self.guard[..]).expect("was found to fit")
    }
}

impl<T: Element, D: Dimension> ArrayArgument for ArrayViewMut<'_, T, D> {
    type Guard = Shaped<Exclusive<T>, D>;

    fn guard(handle: u32, argument: u32) -> Result<Self::Guard, Refusal> {
        let mut guard = exclusive::<T>(handle, argument)?;
        let (slot, len) = (guard.slot(), guard.len());
        // A mutable view is stricter about strides: no element may occur twice.
        let fits = shape_of::<D>(slot, len)
            .is_some_and(|shape| ArrayViewMut::from_shape(shape, &mut guard[..]).is_ok());
        shaped(guard, slot, len, |_, _| fits, Refusal { fault: Fault::Type, argument, handle })
    }
}

impl<T: Element, D: Dimension> Shaped<Exclusive<T>, D> {
    /// The user's argument.
    pub fn view(&mut self) -> ArrayViewMut<'_, T, D> {
        ArrayViewMut::from_shape(self.shape.clone(), &mut self.guard[..]).expect("was found to fit")
    }
}

impl<T: Element, D: Dimension> ArrayArgument for Array<T, D> {
    type Guard = Shaped<Take<T>, D>;

    fn guard(handle: u32, argument: u32) -> Result<Self::Guard, Refusal> {
        let guard = take::<T>(handle, argument)?;
        let (slot, len) = (guard.slot(), guard.len());
        let fits = |guard: &Take<T>, shape| ArrayView::from_shape(shape, guard.elements()).is_ok();
        shaped(guard, slot, len, fits, Refusal { fault: Fault::Type, argument, handle })
    }
}

impl<T: Element, D: Dimension> Shaped<Take<T>, D> {
    /// The user's argument. O(1), or one copy if the elements are not contiguous, or the buffer has sub-buffers or is
    /// one.
    #[must_use]
    pub fn into_array(self) -> Array<T, D> {
        let elements = self.guard.into_vec();
        let array = ArrayView::from_shape(self.shape, &elements[..]).expect("was found to fit");
        let dimension = array.raw_dim();
        let is_whole = array.len() == elements.len();
        if is_whole && array.is_standard_layout() {
            Array::from_shape_vec(dimension, elements).expect("the same shape")
        } else if is_whole && array.t().is_standard_layout() {
            Array::from_shape_vec(dimension.f(), elements).expect("the same shape")
        } else {
            array.to_owned()
        }
    }
}

impl<T: Element, D: Dimension> From<Array<T, D>> for BufferMut<T> {
    /// Takes over the allocation and keeps the shape, which JavaScript sees as `buffer.shape`. O(1), or one copy if
    /// the elements do not start with the allocation, or run backwards.
    fn from(array: Array<T, D>) -> Self {
        let forwards = array.strides().iter().all(|&stride| stride >= 0);
        let array = if forwards { array } else { array.as_standard_layout().into_owned() };
        let lengths_and_strides: Vec<u32> = array
            .shape()
            .iter()
            .map(|&length| length as u32)
            .chain(array.strides().iter().map(|&stride| stride as u32))
            .collect();
        let (mut elements, offset) = array.into_raw_vec_and_offset();
        if let Some(offset @ 1..) = offset {
            elements.drain(..offset);
        }
        let buffer = BufferMut::from(elements);
        if buffer.slot().set_array_shape(ArrayShape { lengths_and_strides }).is_none() {
            out_of_memory("the shape of an array");
        }
        buffer
    }
}

impl<T: Element, D: Dimension> From<Array<T, D>> for Buffer<T> {
    /// As for a [`BufferMut`].
    fn from(array: Array<T, D>) -> Self {
        BufferMut::from(array).freeze()
    }
}

impl<T: Element> Buffer<T> {
    /// The elements as an array of `D`'s axes, in the shape of the buffer. O(1), no copy.
    ///
    /// `None` if the number of axes differs. A buffer without a shape has one axis.
    #[must_use]
    pub fn as_array<D: Dimension>(&self) -> Option<ArrayView<'_, T, D>> {
        ArrayView::from_shape(shape_of::<D>(self.slot, self.len())?, &self[..]).ok()
    }
}

impl<T: Element, D: Dimension> Return for Array<T, D> {
    type Raw = u32;

    fn into_raw(self) -> Result<u32, Refusal> {
        BufferMut::from(self).into_raw()
    }
}

impl<T: Element, D: Dimension> Return for Option<Array<T, D>> {
    type Raw = u32;

    fn into_raw(self) -> Result<u32, Refusal> {
        self.map_or(Ok(0), Return::into_raw)
    }
}
