//! Plain arrays beside each other, and in calls within calls.

use wasm_lend::{Callback, Exception, export};

/// Two arrays that are read, and one that is taken.
#[export]
pub fn joined(read: &[u8], taken: Vec<u8>, more: &[u8]) -> Vec<u8> {
    [read, &taken, more].concat()
}

/// Two arrays that are taken.
#[export]
pub fn both_taken(one: Vec<u8>, other: Option<Vec<u16>>) -> Vec<u16> {
    one.into_iter().map(u16::from).chain(other.unwrap_or_default()).collect()
}

/// Adds 1 to each element, after a call of a function.
#[export]
pub fn raised_after(values: &mut [u8], f: Callback<'_, ()>) -> Result<(), Exception> {
    f.call(())?;
    values.iter_mut().for_each(|value| *value += 1);
    Ok(())
}

/// The sum, after a call of a function.
#[export]
pub fn summed_after(values: &[u8], f: Callback<'_, ()>) -> Result<u32, Exception> {
    f.call(())?;
    Ok(values.iter().map(|&value| u32::from(value)).sum())
}

/// The same elements, after a call of a function.
#[export]
pub fn returned_after(values: Vec<u8>, f: Callback<'_, ()>) -> Result<Vec<u8>, Exception> {
    f.call(())?;
    Ok(values)
}
