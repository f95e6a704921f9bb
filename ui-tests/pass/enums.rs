#![deny(warnings)]
// Enums that are exported as they stand: their attributes, names and places.

use wasm_lend::export;

#[export]
#[derive(Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Mode {
    Fast,
    #[deprecated]
    Slow,
    #[cfg(any())]
    Gone(DoesNotExist),
    #[cfg(not(any()))]
    #[cfg_attr(all(), lend(name = "kept"))]
    Kept = 7,
}

#[export]
impl Mode {
    pub fn fastest() -> Self {
        Mode::Fast
    }

    #[cfg(any())]
    pub fn gone(self) -> DoesNotExist {}
}

pub mod inner {
    use wasm_lend::export;

    #[export(crate = wasm_lend, skip_typescript)]
    pub(crate) enum r#Mod {
        #[lend("")]
        Empty,
        #[lend("ü\n\"'\\")]
        r#Fn,
    }

    #[export(crate = wasm_lend)]
    impl r#Mod {
        pub fn of(text: &str) -> Option<Self> {
            Some(if text.is_empty() { Self::Empty } else { Self::r#Fn })
        }
    }
}

macro_rules! levels {
    ($($name:ident = $value:literal),*) => {
        #[export]
        #[derive(Clone, Copy)]
        #[repr(i8)]
        pub enum Level {
            $($name = $value),*
        }
    };
}

levels!(Low = -1, High = 127);

/// No derive at all: a value is moved.
#[export]
pub enum Once {
    Only = 1,
}

#[export]
pub(crate) fn all(mode: Mode, level: Option<Level>, once: Vec<Once>, inner: (inner::r#Mod, [Level; 2])) -> (Mode, Once) {
    let _ = (level, inner);
    (mode, once.into_iter().next().unwrap_or(Once::Only))
}

fn main() {
    assert!(Mode::fastest() == Mode::Fast);
}
