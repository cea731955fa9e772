#!/bin/sh
# Runs the storm of registrations under AddressSanitizer: a snapshot that was freed while a handler reads it is reported.
#
# Only tests whose tasks neither throw nor unwind: stack switches aren't announced to the sanitizer.
set -eu
cd "$(dirname "$0")/.."
swift build --build-tests --sanitize=address --scratch-path .build-asan
ASAN_OPTIONS=detect_stack_use_after_return=0 exec timeout --kill-after=10 480 \
  swift test --skip-build --disable-xctest --sanitize=address --scratch-path .build-asan \
  --filter 'aStormOfRegistrations|aSnapshotWaitsForHandlers'
