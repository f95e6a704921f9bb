#!/bin/sh
# Runs the host tests of the runtime under Miri, except those that take too long. Needs a nightly toolchain with the components
# miri and rust-src.
set -eu
cd "$(dirname "$0")/.."
exec cargo +nightly miri test --package wasm-lend --lib --features bytes,half,ndarray -- --skip hostile --skip come_round --skip for_ever --skip a_limit
