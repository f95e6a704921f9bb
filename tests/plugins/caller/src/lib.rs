//! A plugin that calls the host and another plugin.

#![allow(missing_docs)]

use wasm_lend::{Buffer, BufferMut, JsObject, JsRef, export, import};

#[import("host")]
unsafe extern "C" {
    fn host_sum(values: &[f32]) -> f32;
    fn add_one(bytes: &mut [u8]);
    #[allow(dead_code)]
    fn make(len: u32) -> BufferMut<u8>;
    fn share(bytes: BufferMut<u8>) -> Buffer<u8>;
    fn host_stack() -> u32;
    fn host_panic(message: &str);
    fn refuse(fail: bool) -> Result<u32, String>;
    fn type_name(value: JsRef<'_>) -> String;
}

#[import("probe")]
unsafe extern "C" {
    fn add(a: u32, b: u32) -> u32;
    fn wide(a: u64, b: i128) -> i128;
    fn half(value: Option<f64>) -> Option<f64>;
    fn greet(name: &str) -> String;
    fn length(text: String) -> usize;
    fn sum(values: &[f32]) -> f32;
    fn address_and_length(values: &[u8]) -> u32;
    fn scale(values: &mut [f32], factor: f32);
    fn copied(values: Vec<u8>) -> Vec<u8>;
    fn keep(bytes: Buffer<u8>);
    fn kept() -> Option<Buffer<u8>>;
    fn hold(value: JsObject);
    fn held() -> Option<JsObject>;
    fn even(number: u32) -> Result<u32, String>;
    fn panic(message: &str);
    fn trap_with(number: u32) -> u32;
    fn places() -> Vec<u32>;
}

mod of_host {
    use wasm_lend::import;

    #[import("host")]
    unsafe extern "C" {
        /// The probe has a function of the same name.
        pub fn address_and_length(values: &[u8]) -> u32;
        pub fn constant_length(more: u32) -> u32;
    }
}

mod of_probe {
    use wasm_lend::import;

    #[import("probe")]
    unsafe extern "C" {
        pub fn constant_length(more: u32) -> u32;
    }
}

#[export]
mod through {
    use super::*;

    pub fn numbers(a: u32) -> String {
        format!("{} {} {:?} {:?}", add(a, 1), wide(u64::from(a), -3), half(Some(3.0)), half(None))
    }

    pub fn strings(name: &str) -> String {
        format!("{} {}", greet(name), length(name.repeat(2)))
    }

    /// The sums by the host and by the plugin.
    pub fn sums(values: &[f32]) -> Vec<f32> {
        vec![host_sum(values), sum(values)]
    }

    pub fn address_through(values: &[u8]) -> u32 {
        address_and_length(values)
    }

    pub fn address_in_host(values: &[u8]) -> u32 {
        of_host::address_and_length(values)
    }

    /// Functions of two modules with the same name.
    pub fn constant_lengths(more: u32) -> Vec<u32> {
        vec![of_host::constant_length(more), of_probe::constant_length(more)]
    }

    /// One call from JavaScript that makes many calls to the host.
    pub fn address_often(values: &[u8], times: u32) -> u32 {
        (0..times).fold(0, |all, _| all ^ address_and_length(std::hint::black_box(values)))
    }

    pub fn scaled(values: &mut [f32]) {
        scale(values, 2.0);
    }

    pub fn reversed(bytes: Vec<u8>) -> Vec<u8> {
        copied(bytes)
    }

    /// A buffer that the host makes, both modules write to, and the host freezes.
    pub fn made(len: u32) -> Buffer<u8> {
        let mut bytes = make(len);
        bytes.iter_mut().for_each(|byte| *byte += 3);
        add_one(&mut bytes);
        share(bytes)
    }

    pub fn keep_there(bytes: Buffer<u8>) -> u32 {
        let address = bytes.as_ptr().addr() as u32;
        keep(bytes);
        address
    }

    pub fn take_back() -> Option<Buffer<u8>> {
        kept()
    }

    pub fn hold_there(value: JsObject) -> String {
        let name = type_name(value.reborrow());
        hold(value);
        name
    }

    pub fn back() -> Option<JsObject> {
        held()
    }

    pub fn errors(number: u32) -> String {
        format!("{:?} {:?}", even(number), refuse(number != 0))
    }

    pub fn panic_there(message: &str, _values: &mut [f32]) {
        panic(message);
    }

    pub fn panic_in_host(message: &str) {
        host_panic(message);
    }

    pub fn trap_there(number: u32) -> u32 {
        trap_with(number)
    }

    /// Addresses of this plugin, of the plugin that it calls, and of the host's stack.
    pub fn all_places() -> Vec<u32> {
        let local = 0_u8;
        let own = std::hint::black_box(&raw const local).addr() as u32;
        [&[own][..], &places(), &[host_stack()]].concat()
    }
}
