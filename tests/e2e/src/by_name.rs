//! Calls by name: the handler for names that are not exported functions.

use wasm_lend::{Buffer, IntoParam, Param, register_call_rust};

fn call_rust(name: String, params: Vec<Param>) -> Vec<Param> {
    match name.as_str() {
        "handled_sum" => {
            let values = params[0].as_u8_slice();
            vec![vec![values.iter().sum::<u8>()].into_param()]
        }
        "handled_all" => vec![
            params[0].as_f32_vec().into_param(),
            Buffer::from(params[1].as_u32_vec()).into_param(),
            params[2].as_str().into_param(),
            params[3].as_f64().into_param(),
            params[4].as_bool().into_param(),
            params[5].is_absent().into_param(),
        ],
        "handled_same" => params,
        _ => vec![],
    }
}

register_call_rust!(call_rust);
