//! What the panic hook tells JavaScript, which makes the words.
//!
//! The parts cross as they are: writing them into one text here would bring `core::fmt` into every package. A message
//! that the user's own code formats is a `String` already when the hook is called.
//!
//! The hook itself has a price: std's function that sets it may panic, so the code for panics is in every package, with
//! as much of `core::fmt` as that needs. A package without the feature `panic-messages` has no hook. There a panic is a
//! trap, and each shim has a `catch` that notices it, also those of numbers alone.

use std::panic::PanicHookInfo;

/// The parts of a panic's message.
pub(crate) struct Parts<'a> {
    /// Empty if the payload is no text.
    pub(crate) message: &'a str,
    pub(crate) file: &'a str,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl<'a> Parts<'a> {
    pub(crate) fn of(panic: &'a PanicHookInfo<'_>) -> Self {
        let payload = panic.payload();
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let (file, line, column) =
            panic.location().map_or(("", 0, 0), |at| (at.file(), at.line(), at.column()));
        Parts { message: text.unwrap_or_default(), file, line, column }
    }
}

#[cfg(all(test, not(loom)))]
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
