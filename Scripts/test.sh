#!/bin/sh
# Builds, checks the generated files, and runs every test with the CPU's backend and again under the trait noxreg.
# The last line is the total of both runs. Exits 0 only where nothing failed.
#
# Results come from Swift Testing's event stream, not from the text: a test can print anything.
set -u
cd "$(dirname "$0")/.." || exit 1
results=$(mktemp -d) || exit 1
trap 'rm -rf "$results"' EXIT
# Seconds for one run, so that a hang is a failure with a name.
limit=${TEST_TIMEOUT:-1200}
# More arguments for `swift test`, for example --no-parallel or --filter NAME.
flags=${TEST_FLAGS:-}
skips=

# run LABEL ARGUMENT...: builds and runs the tests; the arguments choose traits and scratch path.
run() {
  label=$1
  shift
  echo "== $label: building"
  if ! swift build --build-tests "$@"; then
    echo "failed $label: it doesn't build" >>"$results/steps"
    return
  fi
  if [ "$label" = default ]; then
    echo "== generated files"
    swift package check-stubs || echo "failed check-stubs: generated files are not what the backends generate" >>"$results/steps"
  fi
  echo "== $label: testing"
  {
    # shellcheck disable=SC2086 # both are lists of words
    timeout --kill-after=10 "$limit" swift test --skip-build --disable-xctest \
      --event-stream-output-path "$results/$label.events" "$@" $skips $flags 2>&1
    echo $? >"$results/$label.status"
  } | tee "$results/$label.log"
  reason=$(grep -a -o 'unexpected signal code [0-9]*' "$results/$label.log" | tail -n 1)
  status=$(cat "$results/$label.status")
  [ "$status" != 124 ] && [ "$status" != 137 ] || reason="no end after $limit s"
  {
    echo "begin $label"
    cat "$results/$label.events" 2>/dev/null
    echo # a crash can leave half a line
    echo "end $status $reason"
  } >>"$results/steps"
}

run default
# The suites skipped are about every backend's files or none, whichever the build chose.
skips="--skip ConformanceTests --skip StubGeneratorTests --skip ArchPreemptTests --skip UnwindTableTests
  --skip ProofTests --skip OutOfTreeTests --skip AddArchTests"
run noxreg --traits noxreg --scratch-path .build-noxreg

echo "== results"
awk -f Scripts/total.awk "$results/steps"
