#!/bin/sh
# Builds std for wasm32-unknown-unknown from Debian's packages and installs it beside Debian's rustc (/usr/bin). This is for
# machines that cannot reach rustup's server. It takes about a minute on two cores.
set -eu

apt-get update -qq
apt-get install -y -qq --no-install-recommends rustc-web cargo-web rust-web-src rust-web-llvm
# The version of the linker has to be that of the compiler's LLVM.
llvm=$(/usr/bin/rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
apt-get install -y -qq --no-install-recommends "lld-$llvm"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
: > "$work/src/lib.rs"
printf '[package]\nname = "stdb"\nversion = "0.0.0"\nedition = "2021"\n' > "$work/Cargo.toml"
cd "$work"
# `lto = true` needs the embedded bitcode.
env -u RUSTC -u RUSTUP_TOOLCHAIN -u CARGO_TARGET_DIR PATH=/usr/bin:/bin RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1 /usr/bin/cargo build --release --target wasm32-unknown-unknown \
  -Zbuild-std=std,panic_abort,proc_macro,test
lib=/usr/lib/rustlib/wasm32-unknown-unknown/lib
install -d "$lib"
for rlib in target/wasm32-unknown-unknown/release/deps/*.rlib; do
  case "$rlib" in */libstdb-*) ;; *) cp "$rlib" "$lib/" ;; esac
done
