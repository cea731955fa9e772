#!/bin/sh
# Installs the Debian packages that the tests need and that are missing; says which. Nothing missing, nothing done.
set -eu

missing=
want() { # want PACKAGE TEST...
  package=$1
  shift
  "$@" >/dev/null 2>&1 || missing="$missing $package"
}
has_package() { dpkg-query -W -f '${Status}' "$1" | grep -q 'ok installed'; }

want libunwind-dev has_package libunwind-dev
want gdb command -v gdb
want llvm command -v llvm-dwarfdump
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
  echo "missing:$missing (Debian's names), and there is no apt-get to install them: install them by hand" >&2
  exit 3
fi
sudo=
if [ "$(id -u)" != 0 ]; then sudo=sudo; fi
echo "installing:$missing"
# shellcheck disable=SC2086 # both are lists of words
install() { $sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -q $missing; }
install || { $sudo apt-get -o DPkg::Lock::Timeout=300 update -q && install; } || {
  echo "could not install:$missing: install them by hand, then run this again" >&2
  exit 3
}
