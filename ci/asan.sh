#!/bin/sh
# Runs the native tests of the runtime under AddressSanitizer. Needs a nightly toolchain.
set -eu
cd "$(dirname "$0")/.."
# Some tests make allocations fail on purpose.
export ASAN_OPTIONS=allocator_may_return_null=1 RUSTFLAGS=-Zsanitizer=address CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-target}/asan"
exec cargo +nightly test --quiet --package wasm-lend --lib --features bytes,half,ndarray --target x86_64-unknown-linux-gnu
