//! One function for each kind of parameter. `tests/js/sweep.test.mjs` passes every kind of JavaScript value to each of them.

#![allow(missing_docs)]

use std::collections::HashMap;

use js_sys::{Date, Function as JsFunction, Promise};
use wasm_bindgen::JsValue;
use wasm_lend::{Buffer, BufferMut, Callback, Clamped, Function, JsObject, JsRef, Serde, export};

use crate::classes::Series;
use crate::enums::{LogLevel, Pace};
use crate::plain_data::{Extent, Figure, Loose};
use crate::records::Particle;
use crate::values::{Counter, Direction, Meters, Settings};

#[export(namespace = "sweep")]
#[allow(clippy::needless_pass_by_value)]
pub mod kinds {
    use super::*;

    pub fn of_u8(x: u8) {
        _ = x;
    }
    pub fn of_i32(x: i32) {
        _ = x;
    }
    pub fn of_u32(x: u32) {
        _ = x;
    }
    pub fn of_usize(x: usize) {
        _ = x;
    }
    pub fn of_i64(x: i64) {
        _ = x;
    }
    pub fn of_u128(x: u128) {
        _ = x;
    }
    pub fn of_f32(x: f32) {
        _ = x;
    }
    pub fn of_f64(x: f64) {
        _ = x;
    }
    pub fn of_bool(x: bool) {
        _ = x;
    }
    pub fn of_char(x: char) {
        _ = x;
    }
    pub fn of_maybe_u32(x: Option<u32>) {
        _ = x;
    }
    pub fn of_maybe_u64(x: Option<u64>) {
        _ = x;
    }
    pub fn of_default(#[lend(default = 5)] x: u32) {
        _ = x;
    }
    pub fn of_exported_enum(x: Pace) {
        _ = x;
    }
    pub fn of_text_enum(x: Option<LogLevel>) {
        _ = x;
    }
    pub fn of_plain_data(x: Extent) {
        _ = x;
    }
    pub fn of_union(x: Vec<Figure>) {
        _ = x;
    }
    pub fn of_loose_data(x: Loose) {
        _ = x;
    }
    pub fn of_str(x: &str) {
        _ = x;
    }
    pub fn of_string(x: String) {
        _ = x;
    }
    pub fn of_maybe_str(x: Option<&str>) {
        _ = x;
    }
    pub fn of_slice(x: &[u8]) {
        _ = x;
    }
    pub fn of_floats(x: &[f32]) {
        _ = x;
    }
    pub fn of_wide(x: &[u64]) {
        _ = x;
    }
    pub fn of_clamped(x: &[Clamped<u8>]) {
        _ = x;
    }
    pub fn of_maybe_slice(x: Option<&[u8]>) {
        _ = x;
    }
    pub fn of_exclusive(x: &mut [u8]) {
        _ = x;
    }
    pub fn of_buffer(x: Buffer<u8>) {
        _ = x;
    }
    pub fn of_buffer_mut(x: BufferMut<u8>) {
        _ = x;
    }
    pub fn of_vec(x: Vec<u8>) {
        _ = x;
    }
    pub fn of_records(x: &[Particle]) {
        _ = x;
    }
    pub fn of_records_mut(x: &mut [Particle]) {
        _ = x;
    }
    pub fn of_record_buffer(x: Buffer<Particle>) {
        _ = x;
    }
    pub fn of_array_view(x: ndarray::ArrayView2<f32>) {
        _ = x;
    }
    pub fn of_ref(x: JsRef<'_>) {
        _ = x;
    }
    pub fn of_object(x: JsObject) {
        _ = x;
    }
    pub fn of_maybe_object(x: Option<JsObject>) {
        _ = x;
    }
    pub fn of_callback(x: Callback<'_, (u32,), u32>) {
        _ = x;
    }
    pub fn of_qualified_callback(x: wasm_lend::Callback<'_, (u32,), u32>) {
        _ = x;
    }
    pub fn of_function(x: Function<(u32,), u32>) {
        _ = x;
    }
    pub fn of_value(x: JsValue) {
        _ = x;
    }
    pub fn of_value_ref(x: &JsValue) {
        _ = x;
    }
    pub fn of_date(x: &Date) {
        _ = x;
    }
    pub fn of_js_function(x: JsFunction) {
        _ = x;
    }
    pub fn of_promise(x: Promise) {
        _ = x;
    }
    pub fn of_instance_ref(x: &Series) {
        _ = x;
    }
    pub fn of_instance_mut(x: &mut Series) {
        _ = x;
    }
    pub fn of_instance(x: Series) {
        _ = x;
    }
    pub fn of_maybe_instance(x: Option<Series>) {
        _ = x;
    }
    pub fn of_bindgen_class(x: Counter) {
        _ = x;
    }
    pub fn of_enum(x: Direction) {
        _ = x;
    }
    pub fn of_strings(x: Vec<String>) {
        _ = x;
    }
    pub fn of_lists(x: Vec<Vec<f32>>) {
        _ = x;
    }
    pub fn of_dates(x: Vec<Date>) {
        _ = x;
    }
    pub fn of_tuple(x: (u8, String, Option<bool>)) {
        _ = x;
    }
    pub fn of_fixed(x: [f64; 3]) {
        _ = x;
    }
    pub fn of_newtype(x: Meters) {
        _ = x;
    }
    pub fn of_serde(x: Serde<Settings>) {
        _ = x;
    }
    pub fn of_serde_map(x: Serde<HashMap<String, Vec<u8>>>) {
        _ = x;
    }
    pub async fn of_later(x: String) {
        _ = x;
    }
    pub async fn of_later_buffer(x: BufferMut<u8>) {
        _ = x;
    }
}
