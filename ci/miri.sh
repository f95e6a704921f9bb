#!/bin/sh
# The host tests of the runtime under Miri, without those that only take long. Needs nightly with the components miri and rust-src.
set -eu
cd "$(dirname "$0")/.."
exec cargo +nightly miri test --package wasm-lend --lib --features bytes,half,ndarray -- --skip hostile --skip come_round --skip for_ever --skip a_limit
