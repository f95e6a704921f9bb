//! Finds `#[wasm_bindgen(…)]`, also inside `#[cfg_attr(…)]`, and its options.

use std::ops::Range;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{AttrStyle, Attribute, Meta};

use crate::source::Source;

/// One `wasm_bindgen(…)`.
pub struct Bindgen {
    /// The place of `wasm_bindgen`, with what is before it in the path.
    pub path: Range<usize>,
    /// True if the path is this one word.
    pub is_bare: bool,
    /// The place of the parentheses and what is in them.
    pub list: Option<Range<usize>>,
    pub options: Vec<Given>,
    /// What is deleted if nothing of it stays: the attribute, or its part of a `cfg_attr`.
    pub whole: Range<usize>,
    /// True inside a `cfg_attr`.
    pub is_conditional: bool,
}

/// An option as it is written.
pub struct Given {
    pub key: String,
    pub value: Value,
    /// Without the comma.
    pub range: Range<usize>,
    /// The end of the comma after it.
    pub comma: Option<usize>,
}

/// The value of an option.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    None,
    /// A word or a string, and the literal of that string.
    Text {
        value: String,
        literal: String,
    },
    /// Several strings.
    List(Vec<String>),
    /// Anything else.
    Other,
}

/// Every `wasm_bindgen` among the attributes of one item.
pub fn find(attributes: &[Attribute], source: &Source) -> Vec<Bindgen> {
    let mut found = Vec::new();
    for attribute in attributes.iter().filter(|attribute| matches!(attribute.style, AttrStyle::Outer)) {
        let start = source.range(attribute.pound_token.span).start;
        let whole = start..source.range(attribute.bracket_token.span.close()).end;
        let path = attribute.path();
        if path.is_ident("cfg_attr") {
            if let Meta::List(list) = &attribute.meta {
                conditional(list.tokens.clone(), &whole, source, &mut found);
            }
        } else if path.segments.last().is_some_and(|last| last.ident == "wasm_bindgen") {
            let (first, last) = (&path.segments[0].ident, &path.segments[path.segments.len() - 1].ident);
            let start = path.leading_colon.map_or(first.span(), |colon| colon.spans[0]);
            let (list, options) = match &attribute.meta {
                Meta::List(list) => {
                    let span = list.delimiter.span();
                    let place = source.range(span.open()).start..source.range(span.close()).end;
                    (Some(place), options(list.tokens.clone(), source))
                }
                Meta::Path(_) | Meta::NameValue(_) => (None, Vec::new()),
            };
            found.push(Bindgen {
                path: source.range(start).start..source.range(last.span()).end,
                is_bare: path.is_ident("wasm_bindgen"),
                list,
                options,
                whole: source.with_its_line(whole),
                is_conditional: false,
            });
        }
    }
    found
}

/// Looks for `wasm_bindgen` among the attributes of a `cfg_attr`. `whole` is the place of its attribute.
fn conditional(tokens: TokenStream, whole: &Range<usize>, source: &Source, found: &mut Vec<Bindgen>) {
    let pieces = pieces(tokens, source);
    let count = pieces.len();
    let mut end_before = None;
    for (index, piece) in pieces.into_iter().enumerate() {
        let (range, comma) = (piece.range.clone(), piece.comma);
        let previous = end_before.replace(range.end);
        let words = piece.path_length();
        let Some(TokenTree::Ident(last)) = piece.tokens[..words].last() else { continue };
        let group = match piece.tokens.get(words) {
            Some(TokenTree::Group(group)) => Some(group),
            _ => None,
        };
        if index == 0 {
            // The condition.
            continue;
        }
        if last == "cfg_attr" {
            let inner = group.map(Group::stream).unwrap_or_default();
            conditional(inner, &range, source, found);
            continue;
        }
        if last != "wasm_bindgen" {
            continue;
        }
        // The attribute goes with the comma before it. If it is the only one, the whole `cfg_attr` goes.
        let deleted = match previous {
            _ if count == 2 => source.with_its_line(whole.clone()),
            Some(previous) if index + 1 == count => previous..comma.unwrap_or(range.end),
            _ => range.start..comma.map_or(range.end, |comma| comma + blank(&source.text[comma..])),
        };
        found.push(Bindgen {
            path: range.start..source.range(last.span()).end,
            is_bare: words == 1,
            list: group.map(|group| source.range(group.span())),
            options: group.map(|group| options(group.stream(), source)).unwrap_or_default(),
            whole: deleted,
            is_conditional: true,
        });
    }
}

/// The length of the white space at the start.
pub fn blank(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn options(tokens: TokenStream, source: &Source) -> Vec<Given> {
    let option = |piece: Piece| {
        let key = match &piece.tokens[0] {
            TokenTree::Ident(ident) => plain(&ident.to_string()),
            other => other.to_string(),
        };
        let value = match &piece.tokens[1..] {
            [] => Value::None,
            [TokenTree::Punct(equals), value] if equals.as_char() == '=' => value_of(value),
            _ => Value::Other,
        };
        Given { key, value, range: piece.range, comma: piece.comma }
    };
    pieces(tokens, source).into_iter().map(option).collect()
}

fn value_of(token: &TokenTree) -> Value {
    match token {
        TokenTree::Ident(ident) => {
            let value = plain(&ident.to_string());
            let literal = format!("\"{value}\"");
            Value::Text { value, literal }
        }
        TokenTree::Literal(literal) => string(token).map_or(Value::Other, |value| {
            // The literal stays as it is written.
            Value::Text { value, literal: literal.to_string() }
        }),
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
            let values: Vec<TokenTree> = group.stream().into_iter().collect();
            let values = values.iter().filter(|token| !matches!(token, TokenTree::Punct(_)));
            values.map(string).collect::<Option<Vec<_>>>().map_or(Value::Other, one_or_more)
        }
        _ => Value::Other,
    }
}

fn one_or_more(values: Vec<String>) -> Value {
    match <[String; 1]>::try_from(values) {
        Ok([value]) => Value::Text { literal: format!("{value:?}"), value },
        Err(values) => Value::List(values),
    }
}

fn string(token: &TokenTree) -> Option<String> {
    let literal: syn::LitStr = syn::parse2(token.clone().into()).ok()?;
    Some(literal.value())
}

/// A word without Rust's `r#`.
pub fn plain(word: &str) -> String {
    word.strip_prefix("r#").unwrap_or(word).to_owned()
}

/// What is between two commas.
struct Piece {
    tokens: Vec<TokenTree>,
    range: Range<usize>,
    comma: Option<usize>,
}

impl Piece {
    /// The number of tokens of the path at its start.
    fn path_length(&self) -> usize {
        let is_of_path = |token: &&TokenTree| match token {
            TokenTree::Ident(_) => true,
            TokenTree::Punct(punct) => punct.as_char() == ':',
            _ => false,
        };
        self.tokens.iter().take_while(is_of_path).count()
    }
}

fn pieces(tokens: TokenStream, source: &Source) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open = false;
    for token in tokens {
        let range = source.range(token.span());
        match (&token, pieces.last_mut().filter(|_| open)) {
            (TokenTree::Punct(punct), piece) if punct.as_char() == ',' => {
                if let Some(piece) = piece {
                    piece.comma = Some(range.end);
                }
                open = false;
            }
            (_, Some(piece)) => {
                piece.range.end = range.end;
                piece.tokens.push(token);
            }
            (_, None) => {
                pieces.push(Piece { tokens: vec![token], range, comma: None });
                open = true;
            }
        }
    }
    pieces
}
