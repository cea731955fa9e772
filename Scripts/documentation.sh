#!/bin/sh
# Builds the DocC catalogue of PreemptRuntime into .build/documentation. A warning fails.
set -eu
cd "$(dirname "$0")/.."
graphs=.build/documentation-graphs
output=.build/documentation
rm -rf "$graphs" "$output"
swift package dump-symbol-graph --minimum-access-level public --skip-synthesized-members >/dev/null
mkdir -p "$graphs"
cp "$(swift build --show-bin-path)/../symbolgraph/PreemptRuntime.symbols.json" "$graphs/"
docc convert Sources/PreemptRuntime/PreemptRuntime.docc --additional-symbol-graph-dir "$graphs" \
  --fallback-display-name PreemptRuntime --fallback-bundle-identifier swift-preempt \
  --warnings-as-errors --output-path "$output"
echo "documentation: $output (docc preview, or any web server)"
