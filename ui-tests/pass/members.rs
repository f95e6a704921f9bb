//! Members, and options of functions. `tests/js/members.test.mjs` calls the like.

use wasm_lend::export;

#[export(name = "Page", skip_jsdoc)]
pub struct Sheet {
    #[lend(name = "fullText", ts = "`${string}.`")]
    pub text: String,
    #[lend(name = isFree, readonly, skip_typescript)]
    pub free: bool,
}

#[export(rename_all = "camelCase")]
impl Sheet {
    #[lend(constructor)]
    pub fn with_text(text: String) -> Option<Self> {
        Some(Sheet { text, free: true })
    }

    #[lend(getter, name = "length")]
    pub fn count(self: &mut Self) -> u32 {
        self.text.len() as u32
    }

    #[lend(setter)]
    pub fn set_length(self: &Self, _: u32) {}

    #[lend(getter)]
    pub fn page_count() -> u32 {
        0
    }

    #[lend(setter)]
    pub fn set_page_count(count: u32) -> Result<(), String> {
        Err(count.to_string())
    }

    #[lend(getter)]
    pub async fn later(&self) -> String {
        self.text.clone()
    }

    #[lend(variadic)]
    pub fn joined(self: Self, texts: Vec<String>) -> String {
        self.text + &texts.join("")
    }
}

/// A block above its struct repeats the name.
#[export(name = "Book")]
impl Volume {
    #[lend(constructor)]
    pub fn of_number(number: u32) -> Result<Self, String> {
        Ok(Volume(number))
    }
}

#[export(name = "Book")]
pub struct Volume(pub u32);

/// Two structs of one name, of which one has another name in JavaScript.
pub mod one {
    use wasm_lend::export;

    #[export(name = "First")]
    pub struct Same(pub u32);

    #[export]
    impl Same {
        pub fn copy(&self) -> Self {
            Same(self.0)
        }
    }
}

pub mod two {
    use wasm_lend::export;

    #[export]
    pub struct Same(pub u32);

    #[export]
    impl Same {
        #[lend(variadic, constructor)]
        pub fn of_all(numbers: Vec<u32>) -> Self {
            Same(numbers.iter().sum())
        }
    }
}

#[export(start)]
pub async fn prepare() -> Result<(), String> {
    Ok(())
}

#[export]
pub mod tools {
    #[lend(variadic, skip_jsdoc)]
    pub fn total(_: u8, _: &str, rest: &[u8]) -> u32 {
        rest.len() as u32
    }

    #[lend(start)]
    pub fn begin() {}
}

fn main() {
    assert_eq!(tools::total(1, "", &[2, 3]), 2);
}
