//! `cargo xtask build --plugin`: builds a module that packages load at run time, and the files beside it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use wasmparser::{CustomSectionReader, Parser, Payload};

use crate::shell::{self, step};
use crate::toolchain::{TARGET, Toolchain};

/// The profile of a plugin. Fat LTO compiles the standard library together with the plugin, because rustup's standard library is
/// not position-independent.
const PROFILE: [&str; 3] =
    ["profile.release.lto=\"fat\"", "profile.release.codegen-units=1", "profile.release.panic=\"abort\""];

/// Tells wasm-lend that it is compiled for a plugin.
const CFG: &str = "target.wasm32-unknown-unknown.rustflags=[\"--cfg\", \"wasm_lend_plugin\"]";

/// Flags for rustc and the linker.
const FLAGS: [&str; 10] = [
    "-C",
    "relocation-model=pic",
    "-C",
    "link-arg=--shared",
    "-C",
    "link-arg=--experimental-pic",
    "-C",
    "link-arg=--allow-undefined",
    "-C",
    "strip=symbols",
];

/// The default folder of a plugin.
pub fn folder(toolchain: &Toolchain, name: &str, checks: bool) -> PathBuf {
    toolchain.target_dir().join(if checks { "plugins-checks" } else { "plugins" }).join(name)
}

/// Builds a crate into `out`: `name.wasm`, `name.shims.js` for pages whose Content-Security-Policy has no `unsafe-eval`, and
/// `name.d.ts`.
///
/// # Errors
///
/// When it does not compile, or the folder cannot be written.
pub fn build(toolchain: &Toolchain, name: &str, checks: bool, out: &Path) -> Result<()> {
    let mut cargo = command(toolchain, name, checks);
    step(&format!("compiling {name} into a plugin: {}", shell::show(&cargo)));
    shell::run(&mut cargo)?;
    let file = name.replace('-', "_");
    let built = target(toolchain).join(TARGET).join("release").join(format!("{file}.wasm"));
    let wasm = fs::read(&built).with_context(|| format!("cannot read {}", built.display()))?;
    fs::create_dir_all(out)?;
    let (wasm, declarations) = without_declarations(&wasm)?;
    fs::write(out.join(format!("{file}.wasm")), &wasm)?;
    fs::write(out.join(format!("{file}.d.ts")), declaration_file(&declarations))?;
    fs::write(out.join(format!("{file}.shims.js")), shims_file(&entries(&wasm)?))?;
    fs::write(out.join("package.json"), "{\n  \"type\": \"module\"\n}\n")?;
    Ok(())
}

/// The same command as a user's, except for the folder.
fn command(toolchain: &Toolchain, name: &str, checks: bool) -> Command {
    let mut cargo = toolchain.cargo();
    cargo.args(["rustc", "--quiet", "--release", "--package", name, "--lib", "--target", TARGET]);
    if checks {
        cargo.args(["--features", "wasm-lend/checks"]);
    }
    // The variable replaces the flags of cargo's configuration.
    if let Ok(flags) = std::env::var("RUSTFLAGS") {
        cargo.env("RUSTFLAGS", format!("{flags} --cfg wasm_lend_plugin"));
    }
    cargo.args(["--config", CFG]);
    PROFILE.iter().for_each(|option| _ = cargo.args(["--config", option]));
    cargo.args(["--crate-type", "cdylib", "--"]).args(FLAGS);
    // Its own folder, because the same crates have other features and another profile.
    cargo.env("CARGO_TARGET_DIR", target(toolchain));
    cargo
}

fn target(toolchain: &Toolchain) -> PathBuf {
    toolchain.target_dir().join("plugin-build")
}

fn custom_sections<'a>(wasm: &'a [u8], name: &str) -> Result<Vec<CustomSectionReader<'a>>> {
    let mut sections = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CustomSection(section) = payload? {
            sections.push(section);
        }
    }
    sections.retain(|section| section.name() == name);
    Ok(sections)
}

/// The module without its section of declarations, and the declarations.
fn without_declarations(wasm: &[u8]) -> Result<(Vec<u8>, String)> {
    let mut kept = Vec::with_capacity(wasm.len());
    let mut declarations = String::new();
    let mut end_of_last = 0;
    for section in custom_sections(wasm, "wasm-lend.d.ts")? {
        declarations.push_str(&String::from_utf8_lossy(section.data()));
        kept.extend(&wasm[end_of_last..start_of(wasm, section.range().start)]);
        end_of_last = section.range().end;
    }
    kept.extend(&wasm[end_of_last..]);
    Ok((kept, declarations))
}

/// The start of a section whose content starts at `content`. Before the content are the section's number and its length of at
/// most five bytes.
fn start_of(wasm: &[u8], content: usize) -> usize {
    // Only the last byte of the length has its highest bit unset.
    let mut at = content - 1;
    while wasm[at - 1] & 0x80 != 0 {
        at -= 1;
    }
    at - 1
}

fn declaration_file(declarations: &str) -> String {
    let buffers =
        "import type { LendError, LendIterator, LendPlugin, MutableBuffer, ReadOnlyBuffer } from './host';\n";
    let note =
        "// `import('./host')` is the package that loads this plugin: change the path to where that is.\n";
    format!("{note}{buffers}\n{declarations}")
}

/// The entries in the custom section of a plugin, as texts.
fn entries(wasm: &[u8]) -> Result<Vec<Vec<String>>> {
    let mut entries = Vec::new();
    for section in custom_sections(wasm, "wasm-lend")? {
        let mut rest = section.data();
        while !rest.is_empty() {
            let mut entry = take(&mut rest)?;
            let mut fields = Vec::new();
            while !entry.is_empty() {
                fields.push(String::from_utf8(take(&mut entry)?.to_vec())?);
            }
            entries.push(fields);
        }
    }
    Ok(entries)
}

/// Takes a length, and as many bytes after it.
fn take<'a>(bytes: &mut &'a [u8]) -> Result<&'a [u8]> {
    let (length, rest) =
        bytes.split_first_chunk::<4>().context("the section ends in the middle of a length")?;
    let length = u32::from_le_bytes(*length) as usize;
    let (taken, rest) = rest.split_at_checked(length).context("the section ends in the middle of a text")?;
    *bytes = rest;
    Ok(taken)
}

/// The shims as a module, for `lend.loadPlugin(url, { shims })`.
fn shims_file(entries: &[Vec<String>]) -> String {
    let mut file = String::from(
        "// The shims of a plugin, for `lend.loadPlugin(url, { shims })`.\nexport const shims = [\n",
    );
    for entry in entries.iter().filter(|entry| matches!(entry[0].as_str(), "functions" | "class")) {
        if let Some(shims) = entry.last() {
            file.push_str(&format!("() => {{\n{shims}}},\n"));
        }
    }
    file + "];\n"
}
