//! Two types under one number: what `#[export]` vouches for nobody can claim from safe code.

use wasm_lend::__private::{Class, ClassId};
use wasm_lend::export;

#[export]
struct Owner {
    value: String,
}

struct Impostor {
    value: [usize; 3],
}

impl Class for Impostor {
    const NAME: &'static str = "Impostor";

    fn id() -> &'static ClassId {
        Owner::id()
    }
}

fn main() {}
