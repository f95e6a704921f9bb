#!/bin/sh
# Runs the native tests of threads under ThreadSanitizer. Needs a nightly toolchain with the component rust-src: the standard library is compiled
# for it, or its locks would look like races.
set -eu
cd "$(dirname "$0")/.."
export RUSTFLAGS=-Zsanitizer=thread CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-target}/tsan"
exec cargo +nightly test --quiet --package wasm-lend --lib -Zbuild-std --target x86_64-unknown-linux-gnu -- threads job
