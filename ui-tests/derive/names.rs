use wasm_lend::FromJs;

#[derive(FromJs)]
#[lend(rename_all = "camelCase")]
pub struct Size {
    pub line_width: f64,
    #[lend(name = "lineWidth")]
    pub other: f64,
    #[lend(name = "__proto__")]
    pub prototype: f64,
}

#[derive(FromJs)]
#[lend(rename_all = "camelCase")]
pub enum Shape {
    Circle { r#type: u8 },
    #[lend("circle")]
    Other,
}

#[derive(FromJs)]
#[lend(tag = "value")]
pub enum Tagged {
    Text(String),
}

fn main() {}
