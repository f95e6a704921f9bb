//! The codes that tell the JavaScript half what each parameter takes.

use crate::attr::Options;
use crate::parse;

/// The codes of a function's parameters.
fn codes(function: &str) -> Vec<String> {
    let mut item = syn::parse_str(function).unwrap();
    let function = parse::function(&mut item, &Options::default()).unwrap();
    let code = |registered: String| registered.split(' ').next().unwrap_or_default().to_owned();
    function.arguments.iter().map(|argument| code(argument.registered())).collect()
}

#[test]
fn numbers_have_the_tag_of_their_element_type() {
    let function =
        "pub fn f(a: u8, b: i8, c: u16, d: i16, e: u32, f: i32, g: u64, h: i64, i: f32, j: f64) {}";
    assert_eq!(codes(function), ["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9"]);
}

#[test]
fn other_scalars_have_letters() {
    let function = "pub fn f(a: usize, b: isize, c: u128, d: i128, e: bool, f: char) {}";
    assert_eq!(codes(function), ["n4", "n5", "U", "I", "b", "c"]);
}

#[test]
fn strings_are_one_kind() {
    let function = "pub fn f(a: &str, b: String, c: Box<str>, d: Cow<'_, str>) {}";
    assert_eq!(codes(function), ["t", "t", "t", "t"]);
}

#[test]
fn buffers_are_read_retained_or_written_to() {
    let function =
        "pub fn f(a: &[u8], b: &mut [f32], c: Buffer<i64>, d: BufferMut<f64>, e: Vec<Clamped<u8>>) {}";
    assert_eq!(codes(function), ["r0", "w8", "k7", "w9", "wa"]);
}

#[test]
fn records_have_their_name_without_a_path() {
    let function = "pub fn f(a: &[Particle], b: &mut [shapes::Point], c: &[<Shape as Points>::Point]) {}";
    assert_eq!(codes(function), ["r(Particle)", "w(Point)", "r(Point)"]);
}

#[test]
fn arrays_have_their_number_of_axes() {
    let function = "pub fn f(a: ArrayView2<'_, f32>, b: ArrayViewMut<'_, f64, Ix3>, c: ArrayD<u8>, d: ndarray::Array1<i32>, e: ArrayView<'_, u8, IxDyn>) {}";
    assert_eq!(codes(function), ["r8/2", "w9/3", "w0/", "w5/1", "r0/"]);
}

#[test]
fn what_may_be_absent_has_a_question_mark() {
    let function = "pub fn f(a: Option<u8>, b: Option<&str>, c: Option<&[u8]>, d: Option<Series>) {}";
    assert_eq!(codes(function), ["?n0", "?t", "?r0", "?v"]);
}

#[test]
fn functions_and_other_values() {
    let function = "pub fn f(a: Callback<'_, (f64,), f64>, b: Function<(JsObject,)>, c: JsRef<'_>, d: JsObject, e: &Series, f: Date) {}";
    assert_eq!(codes(function), ["f", "f", "v", "v", "v", "v"]);
}
