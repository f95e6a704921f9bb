use wasm_lend::export;
#[export(worker)]
pub struct A(u32);
#[export(worker)]
impl A { pub fn a(&self) -> u32 { self.0 } }
#[export(worker)]
pub enum E { A, B }
#[export(worker)]
pub mod m { pub fn f() {} }
#[export(start)]
impl A { pub fn b(&self) -> u32 { self.0 } }
#[export(variadic)]
pub enum F { A, B }
#[export(parallel)]
pub fn p() {}
fn main() {}
