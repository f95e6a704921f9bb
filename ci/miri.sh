#!/bin/sh
# Runs the native tests of the runtime under Miri, and those of jobs with 32 orders of their threads. Tests that take too long there have
# `#[cfg_attr(miri, ignore)]`. Needs a nightly toolchain with the components miri and rust-src.
set -eu
cd "$(dirname "$0")/.."
cargo +nightly miri test --package wasm-lend --lib --features bytes,half,ndarray
MIRIFLAGS='-Zmiri-many-seeds=0..32' exec cargo +nightly miri test --package wasm-lend --lib -- job::
