use wasm_lend::{FromJs, IntoJs, export};

/// A size in pixels.
#[derive(FromJs, IntoJs)]
#[lend(rename_all = "camelCase")]
pub struct Size {
    pub width: f64,
    /// From the top.
    pub line_height: Option<f64>,
    #[lend(name = "aria-label", default = "none".to_owned())]
    pub label: String,
}

#[derive(FromJs, IntoJs)]
pub struct Point(f64, f64);

/// What is drawn.
#[derive(FromJs, IntoJs)]
#[lend(tag = "kind")]
pub enum Shape {
    #[lend("nothing")]
    Nothing,
    /// Round.
    #[lend("circle")]
    Circle { radius: f64 },
    #[lend("line")]
    Line(Point, Point),
    #[lend("text")]
    Text(String),
}

#[export]
pub fn draw(shape: Shape) -> Size {
    match shape {
        Shape::Nothing => Size { width: 0.0, line_height: None, label: String::new() },
        Shape::Circle { radius } => Size { width: radius, line_height: Some(radius), label: String::new() },
        Shape::Line(from, to) => Size { width: to.0 - from.0, line_height: Some(to.1 - from.1), label: String::new() },
        Shape::Text(label) => Size { width: 1.0, line_height: None, label },
    }
}

fn main() {}
