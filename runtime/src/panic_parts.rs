//! What the panic hook tells JavaScript, which makes the words.
//!
//! The parts cross as they are: writing them into one text here would bring `core::fmt` into every package. A message
//! that the user's own code formats is a `String` already when the hook is called.

use std::panic::PanicHookInfo;

/// The parts of a panic's message.
#[derive(Default)]
pub(crate) struct Parts<'a> {
    /// Empty if the payload is no text.
    pub(crate) message: &'a str,
    pub(crate) file: &'a str,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl<'a> Parts<'a> {
    /// All parts are empty without the feature `panic-messages`.
    pub(crate) fn of(panic: &'a PanicHookInfo<'_>) -> Self {
        if !cfg!(feature = "panic-messages") {
            return Parts::default();
        }
        let payload = panic.payload();
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let (file, line, column) =
            panic.location().map_or(("", 0, 0), |at| (at.file(), at.line(), at.column()));
        Parts { message: text.unwrap_or_default(), file, line, column }
    }
}

#[cfg(all(test, feature = "panic-messages", not(loom)))]
mod tests {
    use super::Parts;

    #[test]
    fn a_message_arrives_in_full_whether_it_is_formatted_or_not() {
        static SEEN: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());
        let earlier = std::panic::take_hook();
        let name = "for panic_parts";
        std::panic::set_hook(Box::new(move |panic| {
            let Parts { message, file, line, column } = Parts::of(panic);
            // Other tests may panic meanwhile, on threads of their own.
            if std::thread::current().name() == Some(name) {
                SEEN.lock().unwrap().push(format!(
                    "{message}|{}|{}",
                    file.ends_with("panic_parts.rs"),
                    line > 0 && column > 0
                ));
            } else {
                earlier(panic);
            }
        }));
        for case in 0..4 {
            let panics = move || match case {
                0 => panic!("plain"),
                1 => panic!("case {case}"),
                2 => std::panic::panic_any(case),
                _ => drop(Vec::<u32>::new()[case]),
            };
            let thread = std::thread::Builder::new().name(name.to_owned()).spawn(panics).unwrap();
            assert!(thread.join().is_err());
        }
        let _ = std::panic::take_hook();
        let place = "|true|true";
        let texts = ["plain", "case 1", "", "index out of bounds: the len is 0 but the index is 3"];
        assert_eq!(*SEEN.lock().unwrap(), texts.map(|text| format!("{text}{place}")));
    }
}
