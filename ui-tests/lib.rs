//! What `#[export]` accepts and rejects: see `tests/forms.rs`.
