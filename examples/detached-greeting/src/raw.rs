//! Fixed addresses in memory, which JavaScript accesses with its own views.

use std::cell::UnsafeCell;

/// The salutation at 0, the name at 16, the greeting at 32.
#[repr(transparent)]
struct Shared(UnsafeCell<[u8; 128]>);

// SAFETY: there is only one thread.
unsafe impl Sync for Shared {}

static BUFFER: Shared = Shared(UnsafeCell::new([0; 128]));
const SALUTATION: usize = 0;
const NAME: usize = 16;
const MESSAGE: usize = 32;

fn address_of(offset: usize) -> *mut u8 {
    BUFFER.0.get().cast::<u8>().wrapping_add(offset)
}

/// The address of the salutation, which has up to 16 bytes.
#[unsafe(no_mangle)]
pub extern "C" fn get_salutation_ptr() -> *mut u8 {
    address_of(SALUTATION)
}

/// The address of the name, which has up to 16 bytes.
#[unsafe(no_mangle)]
pub extern "C" fn get_name_ptr() -> *mut u8 {
    address_of(NAME)
}

/// The address of the greeting.
#[unsafe(no_mangle)]
pub extern "C" fn get_msg_ptr() -> *mut u8 {
    address_of(MESSAGE)
}

/// Allocates so much that memory grows, then writes the greeting and returns its length.
#[unsafe(no_mangle)]
pub extern "C" fn set_name(salutation: usize, name: usize) -> usize {
    let greeting = format!("{}, {}!", read(SALUTATION, salutation.min(16)), read(NAME, name.min(16)));
    super::grow();
    write(greeting.as_bytes())
}

/// Writes the greeting without an allocation.
#[unsafe(no_mangle)]
pub extern "C" fn set_name_no_growth(salutation: usize, name: usize) -> usize {
    let (salutation, name) = (read_bytes(SALUTATION, salutation.min(16)), read_bytes(NAME, name.min(16)));
    let mut message = [0; 36];
    let mut length = 0;
    for part in [salutation, b", ", name, b"!"] {
        message[length..length + part.len()].copy_from_slice(part);
        length += part.len();
    }
    write(&message[..length])
}

fn read(offset: usize, length: usize) -> String {
    String::from_utf8_lossy(read_bytes(offset, length)).into_owned()
}

fn read_bytes(offset: usize, length: usize) -> &'static [u8] {
    // SAFETY: the callers pass a `length` of at most 16, which is within BUFFER, and nothing writes there during the read.
    unsafe { core::slice::from_raw_parts(address_of(offset), length) }
}

fn write(greeting: &[u8]) -> usize {
    // SAFETY: these are at most 16 + 2 + 16 + 1 bytes. They fit after MESSAGE and do not overlap either source.
    unsafe { core::ptr::copy_nonoverlapping(greeting.as_ptr(), address_of(MESSAGE), greeting.len()) };
    greeting.len()
}
