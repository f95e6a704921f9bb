use wasm_lend::{Callback, Exception, Function, JsObject, export};

#[export]
pub fn each(
    values: &[f32],
    f: Callback<'_, (f32, &[f32]), bool>,
    owned: Option<Function<(JsObject,)>>,
) -> Result<u32, Exception> {
    drop(owned);
    Ok(u32::from(f.call((values[0], values))?))
}

fn main() {}
