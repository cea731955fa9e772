#!/bin/sh
# Runs tests under AddressSanitizer: the storm of registrations, where a snapshot freed under a handler would show, and
# the runtime's own, whose switches of stacks are announced to the sanitizer (Sources/CPreempt/sanitizer.c).
#
# Not the soak: the sanitizer's runtime is linked into the program's own image, which the soak registers as preemptible, and
# a task preempted inside its allocator keeps a lock that the next one waits for.
set -eu
cd "$(dirname "$0")/.."
swift build --build-tests --sanitize=address --scratch-path .build-asan
export ASAN_OPTIONS=detect_leaks=0 # abandoned tasks leak what is on their stacks, by definition
exec timeout --kill-after=10 480 \
  swift test --skip-build --disable-xctest --sanitize=address --scratch-path .build-asan \
  --filter 'aStormOfRegistrations|aSnapshotWaitsForHandlers|SchedulerTests|ParkingTests|ThreadStateTests|StopTests'
