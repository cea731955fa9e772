#!/bin/sh
# Libunwind of other CPUs, static and with headers, from Debian's packages into .build-tools/libunwind-ARCH: with it the
# judges of the unwinding step that CPU's programs. The host's packages and lists are left alone: apt's state is private.
#
#   Scripts/install-libunwind.sh 386
set -eu
cd "$(dirname "$0")/.."

[ $# -gt 0 ] || { echo "usage: $0 ARCH…" >&2; exit 2; }
for arch in "$@"; do
  case $arch in
    386) debian=i386 ;;
    arm64 | riscv64 | s390x) debian=$arch ;;
    *) echo "$0: no Debian architecture is known for $arch" >&2; exit 2 ;;
  esac
  folder=.build-tools/libunwind-$arch
  [ -d "$folder" ] && continue
  state=$(mktemp -d)
  trap 'rm -rf "$state"' EXIT
  mkdir -p "$state/lists/partial" "$state/archives/partial" "$state/root"
  private() {
    apt-get -qq -o "APT::Architectures::=$debian" -o "Dir::State=$state" -o Dir::State::status=/var/lib/dpkg/status \
      -o "Dir::Cache=$state" -o APT::Sandbox::User=root "$@"
  }
  private update || echo "some lists could not be fetched; trying with the others" >&2
  (cd "$state/archives" && private download "libunwind-dev:$debian" "liblzma-dev:$debian")
  for package in "$state"/archives/*.deb; do dpkg-deb -x "$package" "$state/root"; done
  mkdir -p .build-tools
  mv "$state/root" "$folder"
  echo "installed $folder"
done
