//! Enums without data, which cross as numbers or strings.

use wasm_lend::{Callback, Exception, Function, Iter, export};

/// How fast it goes.
#[export]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Pace {
    /// As fast as it can.
    #[default]
    Fast,
    Slow,
}

/// Levels with numbers of their own.
#[export]
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Lowest = -2_147_483_648,
    Below = -1,
    Zero,
    Ten = 0x0a,
    AfterTen,
    Bit = 1 << 20,
    Most = 2_147_483_647,
}

/// How much is written.
#[export(name = "Verbosity", rename_all = "camelCase")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogLevel {
    #[lend("quiet")]
    Quiet,
    /// The variant's string has quotes in it.
    #[lend("it's \"all\"")]
    AllOfIt,
    #[lend("error", name = "errors")]
    ErrorsOnly,
    #[cfg(any())]
    #[lend("never")]
    Never,
}

#[export(rename_all = "camelCase")]
impl LogLevel {
    /// The level of a name.
    ///
    /// # Errors
    ///
    /// If no level has the name.
    pub fn parse(name: &str) -> Result<Self, String> {
        match name {
            "quiet" => Ok(LogLevel::Quiet),
            "all" => Ok(LogLevel::AllOfIt),
            _ => Err(format!("no level is called {name}")),
        }
    }

    pub fn is_quieter_than(self, other: LogLevel) -> bool {
        (self as u8) < other as u8
    }

    #[lend(name = "isQuiet")]
    pub fn quiet(&self) -> bool {
        *self == LogLevel::Quiet
    }

    /// JavaScript could not see the change.
    #[lend(skip)]
    pub fn make_quiet(&mut self) {
        *self = LogLevel::Quiet;
    }

    fn private(self) -> Self {
        self
    }
}

#[export]
impl Pace {
    /// Its name, for people.
    pub fn label(&self) -> &str {
        match self {
            Pace::Fast => "quick as a flash",
            Pace::Slow => "no hurry",
        }
    }

    pub fn other(self) -> Self {
        match self {
            Pace::Fast => Pace::Slow,
            Pace::Slow => Pace::Fast,
        }
    }

    pub fn new() -> Self {
        Pace::default()
    }

    pub async fn later(self, times: u32) -> Vec<Pace> {
        vec![self; times as usize]
    }
}

#[export]
impl Pace {
    /// In a block of its own.
    pub fn all() -> Vec<Pace> {
        vec![Pace::Fast, Pace::Slow]
    }
}

#[export]
pub fn same_pace(pace: Pace) -> Pace {
    pace
}

#[export]
pub fn maybe_pace(pace: Option<Pace>) -> Option<Pace> {
    pace
}

#[export]
pub fn pace_or_slow(#[lend(default = Pace::Slow)] pace: Pace) -> Pace {
    pace
}

#[export]
pub fn same_level(level: Level) -> Level {
    level
}

#[export]
pub fn levels_back(mut levels: Vec<LogLevel>) -> Vec<LogLevel> {
    levels.reverse();
    levels
}

#[export]
pub fn pace_and_level(pair: (Pace, Option<LogLevel>)) -> (Option<LogLevel>, Pace) {
    let mut level = pair.1;
    if pair.0 == Pace::Slow {
        level.iter_mut().for_each(LogLevel::make_quiet);
    }
    (level.map(LogLevel::private), pair.0)
}

/// A callback with enums.
#[export]
pub fn ask_pace(pace: Pace, ask: Callback<'_, (Pace, LogLevel), LogLevel>) -> Result<LogLevel, Exception> {
    ask.call((pace, LogLevel::AllOfIt))
}

#[export]
pub fn ask_number(ask: Callback<'_, (), Pace>) -> Result<Pace, Exception> {
    ask.call(())
}

#[export]
pub fn ask_kept(ask: Function<(Level,), Option<Level>>) -> Result<Option<Level>, Exception> {
    ask.call((Level::AfterTen,))
}

#[export]
pub fn paces(count: u32) -> Iter<Pace> {
    Iter::new((0..count).map(|index| if index % 2 == 0 { Pace::Fast } else { Pace::Slow }))
}

/// A class with fields that are enums.
#[export]
pub struct Engine {
    pub pace: Pace,
    pub log: Option<LogLevel>,
}

#[export]
impl Engine {
    pub fn new(pace: Pace) -> Self {
        Engine { pace, log: None }
    }
}
