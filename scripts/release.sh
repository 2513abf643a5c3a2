#!/usr/bin/env bash
# Make what an office gets, into the folder given (dist/): the wheel, the list of all it is made of
# (CycloneDX), and the digests of both. The wheel of one commit is the same byte for byte wherever
# and whenever it is made.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath -m "${1:-dist}")

uv=.tools/bin/uv # as scripts/setup.sh chose it
[ -x "$uv" ] || uv=uv
umask 022
mkdir -p "$out"
rm -f "$out"/shokibo-*.whl "$out"/sbom.cdx.json "$out"/SHA256SUMS
"$uv" build --quiet --offline --wheel -o "$out"
"$uv" export --quiet --frozen --no-dev --format cyclonedx1.5 -o "$out/sbom.cdx.json" >/dev/null
cd "$out"
sha256sum shokibo-*.whl sbom.cdx.json >SHA256SUMS
cat SHA256SUMS
