//! The Rust side of the model test: functions that retain, own, split, freeze and drop buffers, and functions that call back.

use std::cell::{Cell, RefCell};

use wasm_bindgen::prelude::*;
use wasm_lend::{Buffer, BufferMut, export};

thread_local! {
    static KEPT: RefCell<Vec<Option<Buffer<u8>>>> = const { RefCell::new(Vec::new()) };
    static OWNED: RefCell<Vec<Option<BufferMut<u8>>>> = const { RefCell::new(Vec::new()) };
    static TOLD: Cell<u32> = const { Cell::new(0) };
}

#[wasm_bindgen(inline_js = "
let callback = () => {};
export function set_model_callback(f) { callback = f; }
export function run_model_callback() { callback(); }
")]
extern "C" {
    #[wasm_bindgen(reexport, js_name = set_model_callback)]
    fn set_model_callback(f: &JsValue);

    fn run_model_callback();
}

fn put<T>(list: &'static std::thread::LocalKey<RefCell<Vec<Option<T>>>>, value: T) -> u32 {
    list.with_borrow_mut(|list| {
        list.push(Some(value));
        list.len() as u32 - 1
    })
}

fn take<T>(list: &'static std::thread::LocalKey<RefCell<Vec<Option<T>>>>, index: u32) -> T {
    list.with_borrow_mut(|list| list[index as usize].take().expect("is there"))
}

/// The functions of the model test, one for each step that runs Rust code.
#[export(namespace = "model")]
pub mod steps {
    use super::*;

    /// Retains a buffer.
    pub fn keep(values: Buffer<u8>) -> u32 {
        put(&KEPT, values)
    }
    /// Another reference to a retained buffer.
    pub fn kept(index: u32) -> Buffer<u8> {
        KEPT.with_borrow(|kept| kept[index as usize].clone()).expect("is there")
    }
    /// Retains a sub-buffer of a retained buffer.
    pub fn slice(index: u32, from: u32, to: u32) -> u32 {
        let sub = kept(index).slice(from as usize..to as usize);
        put(&KEPT, sub)
    }
    /// Drops a retained buffer.
    pub fn let_go(index: u32) {
        drop(super::take(&KEPT, index));
    }
    /// Takes ownership of a buffer.
    pub fn own(values: BufferMut<u8>) -> u32 {
        put(&OWNED, values)
    }
    /// Gives an owned buffer back.
    pub fn disown(index: u32) -> BufferMut<u8> {
        super::take(&OWNED, index)
    }
    /// Splits an owned buffer. The first half keeps the index of the whole; the result is the index of the second half.
    pub fn divide(index: u32, mid: u32) -> u32 {
        let (left, right) = super::take(&OWNED, index).split_at_mut(mid as usize);
        OWNED.with_borrow_mut(|owned| owned[index as usize] = Some(left));
        put(&OWNED, right)
    }
    /// Freezes an owned buffer and retains it.
    pub fn freeze(index: u32) -> u32 {
        put(&KEPT, super::take(&OWNED, index).freeze())
    }
    /// Drops an owned buffer.
    pub fn drop_owned(index: u32) {
        drop(super::take(&OWNED, index));
    }
    /// Writes to an owned buffer.
    pub fn write_owned(index: u32, value: u8) {
        OWNED.with_borrow_mut(|owned| owned[index as usize].as_mut().expect("is there").fill(value));
    }
    /// The sum of the bytes.
    pub fn read(values: &[u8]) -> u32 {
        values.iter().map(|&value| u32::from(value)).sum()
    }
    /// The sum of the words.
    pub fn read_words(values: &[u32]) -> u32 {
        values.iter().fold(0, |sum, value| sum.wrapping_add(*value))
    }
    /// Fills the buffer.
    pub fn fill(values: &mut [u8], value: u8) {
        values.fill(value);
    }
    /// Copies up to the length of the shorter buffer.
    pub fn copy(from: &[u8], to: &mut [u8]) {
        to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
    }
    /// Returns the elements and ends the buffer.
    pub fn into_vec(values: Vec<u8>) -> Vec<u8> {
        values
    }
    /// Calls back and then reads.
    pub fn nest_shared(values: &[u8]) -> u32 {
        run_model_callback();
        read(values)
    }
    /// Writes, calls back, and writes again.
    pub fn nest_exclusive(values: &mut [u8], value: u8) {
        values.fill(value);
        // Without this the compiler would remove the first write, because nothing else can read the elements before the second write.
        std::hint::black_box(&mut *values);
        run_model_callback();
        values.fill(value.wrapping_add(1));
    }
    /// Calls back while it retains the buffer.
    pub fn nest_keep(values: Buffer<u8>) -> u32 {
        run_model_callback();
        read(&values)
    }
    /// Calls back while it owns the buffer.
    pub fn nest_take(values: BufferMut<u8>) -> BufferMut<u8> {
        run_model_callback();
        values
    }
    /// Returns the buffer. Foreign code may run while the list is converted, before the buffer is moved.
    pub fn convert_take(values: BufferMut<u8>, list: Vec<String>) -> BufferMut<u8> {
        drop(list);
        values
    }
    /// Reads after foreign code has run.
    pub fn convert_shared(values: &[u8], list: Vec<String>) -> u32 {
        drop(list);
        read(values)
    }
    /// Calls back while it borrows a slice and an instance.
    pub fn nest_instance(values: &[u8], held: &crate::anywhere::Held) -> u32 {
        run_model_callback();
        read(values) + held.total()
    }
    /// Returns the buffer.
    pub fn back(values: BufferMut<u8>) -> BufferMut<u8> {
        values
    }
    /// Fails while it owns one buffer and reads another.
    pub fn fail(values: &[u8], owned: BufferMut<u8>) -> Result<u32, String> {
        Err(format!("{} and {}", values.len(), owned.len()))
    }
    /// Panics while it writes to one buffer and owns another.
    pub fn panic(values: &mut [u8], owned: BufferMut<u8>) -> u32 {
        values.fill(0xee);
        panic!("{} and {}", values.len(), owned.len())
    }
    /// Counts the release of the buffer.
    pub fn watch(values: Buffer<u8>) {
        values.on_release(|| TOLD.set(TOLD.get() + 1));
    }
    /// The number of watched buffers that have been released.
    pub fn told() -> u32 {
        TOLD.get()
    }
    /// Grows memory.
    pub fn grow(pages: u32) {
        #[cfg(target_arch = "wasm32")]
        core::arch::wasm32::memory_grow::<0>(pages as usize);
        #[cfg(not(target_arch = "wasm32"))]
        let _ = pages;
    }
}
