use wasm_lend::export;

/// How fast it goes.
#[export]
#[derive(Clone, Copy)]
pub enum Mode {
    /// As fast as it can.
    Fast,
    Slow = 10,
}

#[export]
impl Mode {
    /// Its name, for people.
    pub fn label(&self) -> &str {
        "a mode"
    }
}

#[export(name = "Verbosity", rename_all = "camelCase")]
pub enum Level {
    #[lend("quiet")]
    Quiet,
    #[lend("it's all", name = "everything")]
    AllOfIt,
}

fn main() {}
