#!/bin/sh
# Builds Tests/OutOfTree as its owner would: its tool, whose backends conform, and a program whose tasks its stubs preempt.
# With --generate only its files are written anew, which a change of the generator asks for.
set -eu
cd "$(dirname "$0")/../Tests/OutOfTree"
generated=$PWD/Sources/Generated/amd64_r14
tool=../../.build-outoftree
swift build --product other-preempt --scratch-path $tool
if [ "${1:-}" = --generate ]; then exec $tool/debug/other-preempt generate; fi
../../Scripts/install-cross-tools.sh 'arm|arm-linux-gnueabihf-gcc|gcc-arm-linux-gnueabihf libc6-dev-armhf-cross|qemu-arm'
$tool/debug/other-preempt check
$tool/debug/other-preempt conformance

# Under the trait the runtime isn't the one that tests and tools link: a build of its own.
program=../../.build-outoftree-custom
swift build --product spinner --scratch-path $program --traits customBackend -Xcc "-I$generated"
said=$($program/debug/spinner)
echo "$said"
case $said in
amd64_r14:\ 0\ preemptions*) exit 1 ;;
amd64_r14:*"results right: true") ;;
*) exit 1 ;;
esac
entries=$(nm $program/debug/spinner | grep ' preempt_.*_entry_')
if echo "$entries" | grep -v preempt_amd64_r14_entry_; then
  echo "stubs of another backend are linked" >&2
  exit 1
fi
