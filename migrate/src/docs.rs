//! Writes descriptions into doc comments, where wasm-lend reads them.

use syn::{Attribute, Expr, ExprLit, Lit, Meta};

use crate::edit::Edit;
use crate::options::Section;
use crate::source::Source;

/// A description: of the parameter with this name, or of the result.
pub struct Description {
    pub section: Section,
    pub parameter: Option<String>,
    pub text: String,
}

/// Adds the sections `# Arguments` and `# Returns` to the doc comment of an item, which begins at `start` without its doc comment.
///
/// # Errors
///
/// A reason why the item stays: the doc comment has such a section.
pub fn describe(
    descriptions: &[Description],
    attributes: &[Attribute],
    start: usize,
    source: &Source,
) -> Result<Option<Edit>, String> {
    if descriptions.is_empty() {
        return Ok(None);
    }
    let docs: Vec<&Attribute> =
        attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).collect();
    let lines: Vec<String> = docs.iter().filter_map(|doc| text(doc)).collect();
    let mut written = Vec::new();
    for (section, heading) in [(Section::Arguments, "# Arguments"), (Section::Returns, "# Returns")] {
        let mut of_section = descriptions.iter().filter(|one| one.section == section).peekable();
        if of_section.peek().is_none() {
            continue;
        }
        if lines.iter().flat_map(|line| line.lines()).any(|line| line.trim() == heading) {
            return Err(format!(
                "a description beside a section `{heading}`: wasm-lend reads the section; write the description there"
            ));
        }
        if !(written.is_empty() && docs.is_empty()) {
            written.push(String::new());
        }
        written.extend([heading.to_owned(), String::new()]);
        for one in of_section {
            let mut lines = one.text.trim().lines();
            let first = lines.next().unwrap_or_default().trim();
            match &one.parameter {
                Some(parameter) => {
                    written.push(format!("* `{parameter}` - {first}"));
                    written.extend(lines.map(|line| format!("  {}", line.trim())));
                }
                None => {
                    written.push(first.to_owned());
                    written.extend(lines.map(|line| line.trim().to_owned()));
                }
            }
        }
    }
    let (at, after) = match docs.last() {
        Some(last) => (source.range(last.bracket_token.span.close()).end, true),
        None => (start, false),
    };
    let indentation =
        source.indentation(docs.last().map_or(start, |last| source.range(last.pound_token.span).start));
    let (newline, indentation) = (source.newline(), indentation.unwrap_or_default());
    let mut inserted = String::new();
    for line in written {
        let line = if line.is_empty() { "///".to_owned() } else { format!("/// {line}") };
        if after {
            inserted.push_str(&format!("{newline}{indentation}{line}"));
        } else {
            inserted.push_str(&format!("{line}{newline}{indentation}"));
        }
    }
    Ok(Some(Edit::insert(at, inserted)))
}

fn text(doc: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &doc.meta else { return None };
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &pair.value else { return None };
    Some(text.value())
}
