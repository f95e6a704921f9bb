//! A function's doc comment as JSDoc: rustdoc's sections become `@param`, `@returns` and `@throws`.

use crate::model::Function;

/// The comment, or nothing for a function without any docs.
pub fn comment(function: &Function) -> String {
    let mut lines = translate(function);
    if let Some(note) = &function.deprecated {
        lines.push(format!("@deprecated {note}").trim_end().to_owned());
    }
    if lines.is_empty() {
        return String::new();
    }
    // `*/` would end the comment.
    let body: String = lines
        .iter()
        .map(|line| format!(" * {}", line.replace("*/", "*\\/")).trim_end().to_owned() + "\n")
        .collect();
    format!("/**\n{body} */\n")
}

/// What a section of the doc comment becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    /// Stays as it is.
    Text,
    /// `# Arguments`: a list of names, each a `@param`.
    Arguments,
    Returns,
    /// `# Errors`, `# Panics`.
    Throws(&'static str),
}

fn translate(function: &Function) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut tags: Vec<String> = Vec::new();
    let mut section = Section::Text;
    let mut fenced = false;
    // One space stands after `///`.
    for line in function.docs.iter().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()) {
        fenced ^= line.trim_start().starts_with("```");
        if let Some(heading) = line.strip_prefix('#').filter(|_| !fenced) {
            section = section_of(heading.trim_start_matches('#').trim());
            if section != Section::Text {
                if let Some(tag) = start(section) {
                    tags.push(tag.to_owned());
                }
                continue;
            }
        }
        match section {
            Section::Text => lines.push(line.to_owned()),
            Section::Arguments => match item(line) {
                Some((name, text)) => tags.push(format!("@param {} - {text}", in_javascript(function, name))),
                None => continued(&mut tags, line),
            },
            Section::Returns | Section::Throws(_) => continued(&mut tags, line),
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    tags.retain(|tag| !["@returns", "@throws {Error}", "@throws {LendError}"].contains(&tag.as_str()));
    if !lines.is_empty() && !tags.is_empty() {
        lines.push(String::new());
    }
    lines.extend(tags);
    lines
}

fn section_of(heading: &str) -> Section {
    match heading {
        "Arguments" | "Parameters" => Section::Arguments,
        "Returns" => Section::Returns,
        "Errors" => Section::Throws("@throws {Error}"),
        "Panics" => Section::Throws("@throws {LendError}"),
        _ => Section::Text,
    }
}

fn start(section: Section) -> Option<&'static str> {
    match section {
        Section::Returns => Some("@returns"),
        Section::Throws(tag) => Some(tag),
        _ => None,
    }
}

/// Another line of the tag at hand.
fn continued(tags: &mut [String], line: &str) {
    if let (Some(tag), false) = (tags.last_mut(), line.trim().is_empty()) {
        tag.push(' ');
        tag.push_str(line.trim());
    }
}

/// `` * `gain` - how much `` as `gain` and `how much`.
fn item(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start().strip_prefix(['*', '-'])?.trim_start().strip_prefix('`')?;
    let (name, rest) = rest.split_once('`')?;
    Some((name, rest.trim_start_matches([' ', '-', '–', '—', ':'])))
}

/// The name that JavaScript has for an argument.
fn in_javascript<'a>(function: &'a Function, rust: &'a str) -> &'a str {
    let of_name = function.arguments.iter().find(|argument| crate::names::plain(&argument.ident) == rust);
    of_name.map_or(rust, |argument| &argument.name)
}

/// A doc comment as it is.
pub fn plain_comment(docs: &[String], indent: &str) -> String {
    if docs.is_empty() {
        return String::new();
    }
    let body: String = docs
        .iter()
        .map(|line| format!("{indent} *{}", line.replace("*/", "*\\/")).trim_end().to_owned() + "\n")
        .collect();
    format!("{indent}/**\n{body}{indent} */\n")
}
