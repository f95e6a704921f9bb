//! The TypeScript of structs and of enums with data: declarations by their names.

use syn::Type;

use super::jsdoc;
use crate::names::{property, quoted};
use crate::plain_data::{Content, Field, PlainData, Shape, VALUE, Variant};
use crate::syntax::is_option;
use crate::typescript::{Direction, Piece, TypeScript};

/// `export interface Size { … }` or `export type Shape = …`.
///
/// A type that derives both traits is declared once, with the types of results. They are the same as those of arguments, or more exact: a
/// `Vec<f32>` is a `Float32Array`, and an argument may be a buffer as well.
pub fn declaration(data: &PlainData<'_>, direction: Direction) -> Vec<Piece> {
    let mut ts = TypeScript::default();
    let PlainData { name, docs, shape, input, .. } = data;
    ts.text(&jsdoc::plain_comment(docs, ""));
    match shape {
        Shape::Newtype { .. } => {}
        Shape::Tuple(types) => {
            ts.text(&format!("export type {name} = "));
            tuple(&mut ts, types, direction);
            ts.text(";\n");
        }
        Shape::Object(fields) => {
            ts.text(&format!("export interface {name} {{\n"));
            for field in fields {
                ts.text(&jsdoc::plain_comment(&field.docs, "  "));
                ts.text("  ");
                member(&mut ts, field, direction);
                ts.text(";\n");
            }
            ts.text("}\n");
        }
        Shape::Union { tag, variants } => {
            ts.text(&format!("export type {name} ="));
            for variant in variants {
                ts.text("\n");
                ts.text(&jsdoc::plain_comment(&variant.docs, "  "));
                member_of_union(&mut ts, tag, variant, direction);
            }
            ts.text(";\n");
        }
    }
    match direction {
        Direction::In => vec![Piece::UnlessDeclared(input.ident.clone(), ts.0)],
        Direction::Out => ts.0,
    }
}

fn member_of_union(ts: &mut TypeScript, tag: &str, variant: &Variant<'_>, direction: Direction) {
    ts.text(&format!("  | {{ {}: {}", property(tag), quoted(&variant.name)));
    match &variant.content {
        Content::Nothing => {}
        Content::Value(types) => {
            let mark = if optional(types) { "?" } else { "" };
            ts.text(&format!("; {VALUE}{mark}: "));
            tuple(ts, types, direction);
        }
        Content::Fields(fields) => {
            for field in fields {
                ts.text("; ");
                // In one line, as the rest of the variant.
                let comment = jsdoc::plain_comment(&field.docs, "");
                let lines = comment.lines().map(|line| line.trim_start_matches(" * ").trim());
                let words: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
                if !words.is_empty() {
                    ts.text(&format!("{} ", words.join(" ")));
                }
                member(ts, field, direction);
            }
        }
    }
    ts.text(" }");
}

/// `label?: string | undefined`
fn member(ts: &mut TypeScript, field: &Field<'_>, direction: Direction) {
    let is_optional = is_option(field.ty) || field.default.is_some();
    ts.text(&format!("{}{}: ", property(&field.name), if is_optional { "?" } else { "" }));
    match &field.ts {
        Some(own) => ts.text(own),
        None => ts.value(field.ty, direction),
    }
    if field.default.is_some() && !is_option(field.ty) {
        ts.text(" | undefined");
    }
}

/// A single `Option` is left out if it is `None`.
fn optional(types: &[&Type]) -> bool {
    matches!(types, [only] if is_option(only))
}

/// `[number, string]`, or the type of the only field.
fn tuple(ts: &mut TypeScript, types: &[&Type], direction: Direction) {
    if let [only] = types {
        return ts.value(only, direction);
    }
    ts.text("[");
    for (index, ty) in types.iter().enumerate() {
        if index > 0 {
            ts.text(", ");
        }
        ts.value(ty, direction);
    }
    ts.text("]");
}
