#!/bin/sh
# Runs the native tests of the runtime under Miri. Tests that take too long there have `#[cfg_attr(miri, ignore)]`. Needs a nightly
# toolchain with the components miri and rust-src.
set -eu
cd "$(dirname "$0")/.."
exec cargo +nightly miri test --package wasm-lend --lib --features bytes,half,ndarray
