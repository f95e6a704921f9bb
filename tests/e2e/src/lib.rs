//! The functions that the end-to-end tests call.

mod aliases;
mod anywhere;
mod asynchronous;
mod both_attributes;
mod by_name;
mod classes;
mod coerced;
mod contrast;
mod durations;
mod elements;
mod enums;
mod fixed_arrays;
mod front;
mod hostile;
mod jobs;
mod lent_instances;
mod members;
mod model;
mod naming;
mod numbers;
mod objects;
mod ownership;
mod plain_data;
mod records;
mod reentrancy;
mod scalars;
mod shelf;
mod small_copies;
mod strings;
mod structs_in_values;
mod sub_buffers;
mod sweep;
mod values;

use wasm_lend::export;

/// The sum of all bytes, wrapping round at 256.
///
/// Second paragraph, which has a comment's end in it: */
#[export]
pub fn sum(values: &[u8]) -> u8 {
    values.iter().fold(0, |sum, value| sum.wrapping_add(*value))
}

/// The product of all bytes, wrapping round at 256.
#[export]
pub fn product(values: &[u8]) -> u8 {
    values.iter().fold(1, |product, value| product.wrapping_mul(*value))
}

/// The address of the bytes in Rust.
#[export]
pub fn address_of(values: &[u8]) -> u32 {
    values.as_ptr().addr() as u32
}

/// Multiplies every sample.
#[export]
pub fn scale(samples: &mut [f32], gain: f32) {
    samples.iter_mut().for_each(|sample| *sample *= gain);
}

/// Adds `from` to `to`, element by element.
#[export]
pub fn add_into(to: &mut [f32], from: &[f32]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
}

/// True if the first argument's address is below the second's.
#[export]
pub fn compare(one: &[u8], other: &[u8]) -> bool {
    one.as_ptr() < other.as_ptr()
}

/// Exchanges two buffers' elements.
#[export]
pub fn swap(one: &mut [u8], other: &mut [u8]) {
    one.swap_with_slice(other);
}

/// Allocates until memory has grown by `pages`, and returns the first byte of `values` after that.
#[export]
pub fn grow(values: &[u8], pages: u32) -> u8 {
    let kept = vec![7_u8; pages as usize * 65536];
    std::hint::black_box(&kept);
    std::mem::forget(kept);
    values[0]
}

/// A function with parameters that have reserved names in JavaScript.
#[export]
pub fn odd_names(r#in: u8, arguments: u8, r#type: u8) -> u8 {
    r#in + arguments + r#type
}

/// An old function.
#[deprecated(note = "use sum")]
#[export]
pub fn old_sum(values: &[u8]) -> u8 {
    sum(values)
}

#[cfg(any())]
#[export]
pub fn configured_out_before(values: &[u8]) -> DoesNotExist {}

#[export]
#[cfg(any())]
pub fn configured_out_after(values: &[u8]) -> u8 {
    does_not_exist(values)
}

fn used_within_rust(values: &[u8]) -> u8 {
    sum(values)
}

/// Calls an exported function from Rust.
#[export]
fn private_export(values: &[u8]) -> u8 {
    used_within_rust(values)
}
