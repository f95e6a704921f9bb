//! Structs and enums with data, which cross as plain objects.

use wasm_lend::{Buffer, Callback, Exception, FromJs, IntoJs, export};

use crate::enums::Pace;

/// A size in pixels.
#[derive(FromJs, IntoJs, Clone, Debug, PartialEq)]
pub struct Extent {
    /// From left to right.
    pub width: f64,
    pub height: f64,
}

/// All kinds of fields.
#[derive(FromJs, IntoJs, Debug)]
#[lend(rename_all = "camelCase")]
pub struct Settings {
    pub extent: Extent,
    pub pace: Pace,
    pub line_width: Option<f32>,
    #[lend(name = "aria-label")]
    pub label: Option<String>,
    #[lend(default)]
    pub tags: Vec<String>,
    #[lend(default = 1.5)]
    pub gain: f64,
    pub r#type: u64,
    pub samples: Vec<f32>,
    #[lend(ts = "'small' | 'large'")]
    pub kind: String,
    pub nested: Vec<(Spot, Option<Extent>)>,
}

/// A struct without names.
#[derive(FromJs, IntoJs, Debug)]
pub struct Spot(u32, Option<i8>);

/// A newtype stays a newtype.
#[derive(FromJs, IntoJs)]
pub struct Only {
    inside: u32,
}

/// One field, and an object all the same.
#[derive(FromJs, IntoJs)]
#[lend(object, name = "SearchQuery")]
pub struct Query {
    pub text: String,
}

/// Every field may be missing.
#[derive(FromJs)]
pub struct Loose {
    pub length: Option<f64>,
    pub name: Option<String>,
}

/// Contains itself.
#[derive(FromJs, IntoJs)]
pub struct Folder {
    pub name: String,
    pub folders: Vec<Folder>,
}

/// Only an argument.
#[derive(FromJs)]
pub struct Samples {
    pub left: Buffer<f32>,
    pub right: Vec<f32>,
    pub gain: Option<f32>,
}

/// Only a result.
#[derive(IntoJs)]
pub struct Levels {
    pub left: Buffer<f32>,
    pub peak: Option<f32>,
}

/// What is drawn.
#[derive(FromJs, IntoJs, Clone, Debug, PartialEq)]
#[lend(rename_all = "camelCase")]
pub enum Figure {
    /// Nothing at all.
    Nothing,
    FullCircle {
        /// In pixels.
        radius: f64,
        line_width: Option<f64>,
    },
    #[lend("a \"text\"")]
    Text(String),
    Line(f64, f64),
    Maybe(Option<u8>),
    Group {
        #[lend(default)]
        figures: Vec<Figure>,
    },
}

/// The tag has another name.
#[derive(FromJs, IntoJs)]
#[lend(tag = "kind")]
pub enum Event {
    Key { code: u32 },
    Blur,
}

#[export]
pub fn extent_area(extent: Extent) -> f64 {
    extent.width * extent.height
}

#[export]
pub fn doubled_extent(extent: Option<Extent>) -> Option<Extent> {
    extent.map(|Extent { width, height }| Extent { width: width * 2.0, height: height * 2.0 })
}

#[export]
pub fn same_settings(settings: Settings) -> Settings {
    settings
}

#[export]
pub fn same_spots(spots: Vec<Spot>) -> Vec<Spot> {
    spots
}

#[export]
pub fn same_only(only: Only) -> Only {
    Only { inside: only.inside }
}

#[export]
pub fn same_query(query: Query) -> Query {
    query
}

#[export]
pub fn deepest(folder: Folder) -> Folder {
    match folder.folders.into_iter().next() {
        Some(inner) => deepest(inner),
        None => Folder { name: folder.name, folders: Vec::new() },
    }
}

#[export]
pub fn levels_of(samples: Samples) -> Levels {
    let peak = samples.left.iter().chain(&samples.right).copied().reduce(f32::max);
    Levels { left: samples.left, peak: peak.map(|peak| peak * samples.gain.unwrap_or(1.0)) }
}

#[export]
pub fn loose_fields(loose: Loose) -> (Option<f64>, Option<String>) {
    (loose.length, loose.name)
}

#[export]
pub fn same_figure(figure: Figure) -> Figure {
    figure
}

#[export]
pub fn code_of(event: Event) -> Option<u32> {
    match event {
        Event::Key { code } => Some(code),
        Event::Blur => None,
    }
}

#[export]
pub fn next_event(code: u32) -> Event {
    if code == 0 { Event::Blur } else { Event::Key { code } }
}

/// A callback that returns plain data.
#[export]
pub fn ask_extent(ask: Callback<'_, (f64,), Extent>) -> Result<f64, Exception> {
    ask.call((2.0,)).map(extent_area)
}
