#!/bin/sh
# Installs what the tests need and is missing: Debian packages, and the proof's Python packages into .build-tools/venv.
# Says which. Nothing missing, nothing done.
set -eu
cd "$(dirname "$0")/.."

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
want python3-venv python3 -c 'import ensurepip, venv'

if [ -n "$missing" ]; then
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
fi

# Copied there last, so that a half-made environment is made again.
venv=.build-tools/venv
if ! cmp -s Scripts/proof/requirements.txt "$venv/requirements.txt"; then
  echo "installing into $venv: $(tr '\n' ' ' <Scripts/proof/requirements.txt)"
  {
    python3 -m venv --clear "$venv" &&
      "$venv/bin/pip" install --quiet --disable-pip-version-check -r Scripts/proof/requirements.txt &&
      cp Scripts/proof/requirements.txt "$venv/"
  } || {
    rm -rf "$venv"
    echo "could not install the proof's Python packages: its tests will be skipped" >&2
  }
fi
