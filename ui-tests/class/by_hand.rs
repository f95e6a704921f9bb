//! Two types with the same class id. Safe code cannot implement the trait that `#[export]` implements.

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
