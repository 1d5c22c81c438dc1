#!/usr/bin/env bash
# The release build: one static file without a loader, which starts as fast as /bin/true.
#
#   release/build.sh          builds target/<target>/release/presign
#
# docs/performance.md has the figures, and what it means for name resolution.
set -euo pipefail
cd "$(dirname "$0")/.."

target=$(rustc -vV | sed -n 's/^host: //p')
# Without position independence there is nothing to relocate at start. The program is safe Rust
# and reads no code from outside, so a fixed address gives little away.
export RUSTFLAGS="${RUSTFLAGS:-} -C target-feature=+crt-static -C relocation-model=static"
cargo build --release --locked --target "$target"
ls -l "target/$target/release/presign"
