//! Structs inside other values, and whatever else callbacks get and return.

use std::collections::{BTreeMap, HashMap};

use wasm_lend::{BufferMut, Callback, Exception, JsValue, Serde, export};

/// An item of the lists.
#[export]
pub struct Item {
    pub value: u32,
}

#[export]
impl Item {
    pub fn new(value: u32) -> Self {
        Item { value }
    }

    pub fn merge(&mut self, others: Vec<Item>) {
        self.value += others.iter().map(|other| other.value).sum::<u32>();
    }

    pub fn split(self) -> Vec<Item> {
        vec![Item { value: self.value / 2 }, Item { value: self.value - self.value / 2 }]
    }
}

#[export]
pub fn items_sum(items: Vec<Item>) -> u32 {
    items.iter().map(|item| item.value).sum()
}

/// The number comes after the items, so that it can be refused when they are accepted.
#[export]
pub fn items_and_tail(items: Vec<Item>, tail: (u8, u8)) -> u32 {
    items_sum(items) + u32::from(tail.0) + u32::from(tail.1)
}

#[export]
pub fn items_optional(items: Option<Vec<Item>>) -> Option<Vec<Item>> {
    items
}

#[export]
pub fn items_boxed(items: Box<[Item]>) -> Box<[Item]> {
    items
}

#[export]
pub fn items_pair(pair: (Item, f64)) -> (f64, Item) {
    (pair.1, pair.0)
}

#[export]
pub fn items_holes(items: Vec<Option<Item>>) -> Vec<Option<Item>> {
    items
}

#[export]
pub fn items_by_name(items: HashMap<String, Item>) -> BTreeMap<String, Item> {
    items.into_iter().collect()
}

#[export]
pub fn counts_by_number(counts: BTreeMap<u32, f64>) -> HashMap<u32, f64> {
    counts.into_iter().collect()
}

#[export]
pub fn callback_of_item(f: Callback<'_, (Item, Option<Item>, Vec<Item>), Item>) -> Result<Item, Exception> {
    f.call((Item { value: 1 }, None, vec![Item { value: 2 }, Item { value: 3 }]))
}

#[export]
pub fn callback_of_items(f: Callback<'_, (), Vec<Item>>) -> Result<u32, Exception> {
    f.call(()).map(items_sum)
}

#[export]
#[allow(clippy::type_complexity)]
pub fn callback_of_values(
    f: Callback<'_, (JsValue, &JsValue, (u32, String), Option<u32>, Vec<String>, HashMap<String, f64>), f64>,
) -> Result<f64, Exception> {
    let map = HashMap::from([("a".to_owned(), 1.5)]);
    f.call((JsValue::NULL, &JsValue::TRUE, (1, "x".to_owned()), None, vec!["y".to_owned()], map))
}

#[export]
pub fn callback_of_serde(f: Callback<'_, (Serde<Vec<u8>>,), f64>) -> Result<f64, Exception> {
    f.call((Serde(vec![1, 2]),))
}

#[export]
#[allow(clippy::type_complexity)]
pub fn callback_of_nine(
    f: Callback<'_, (u32, bool, &str, u64, f32, i8, &[u8], Option<u32>, Item), f64>,
) -> Result<f64, Exception> {
    f.call((1, true, "three", 4, 5.5, -6, &[7], Some(8), Item { value: 9 }))
}

#[export]
pub fn callback_of_promise(f: Callback<'_, (), js_sys::Promise>) -> Result<js_sys::Promise, Exception> {
    f.call(())
}

#[export]
pub fn buffers_in_list(list: Vec<BufferMut<u8>>, tail: (u8, u8)) -> Vec<BufferMut<u8>> {
    let mut list = list;
    for buffer in &mut list {
        buffer.iter_mut().for_each(|byte| *byte += tail.0);
    }
    list
}

#[export]
pub fn call_all(listeners: Vec<wasm_lend::Function<(u32,), u32>>) -> Result<u32, Exception> {
    listeners.iter().map(|listener| listener.call((1,))).sum()
}

#[export]
pub fn not_zero(
    number: std::num::NonZeroU32,
    signed: Option<std::num::NonZeroI64>,
) -> Option<std::num::NonZeroI64> {
    signed.or(std::num::NonZeroI64::new(i64::from(number.get())))
}
