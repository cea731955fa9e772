#!/bin/sh
# Installs what makes, runs and unwinds other CPUs' programs: compilers with a static C library, emulators, gdb, and libunwind
# of those CPUs. All of it goes below .build-tools, from Debian's packages; the host's packages and lists aren't touched:
# apt's state is private, and packages are unpacked, not installed. What is in PATH already isn't fetched again.
#
#   Scripts/install-cross-tools.sh [CPU…]      arm64, riscv64, …: rows of the matrix in Sources/Conformance/Toolchain.swift
#   Scripts/install-cross-tools.sh --matrix    what it reads there
#
# A CPU that the matrix lacks, another package's, is given as its row, in the form that --matrix prints:
#
#   Scripts/install-cross-tools.sh 'arm|arm-linux-gnueabihf-gcc|gcc-arm-linux-gnueabihf libc6-dev-armhf-cross|qemu-arm'
#
# A program is started by a file in .build-tools/cross/GROUP/bin, which says where its libraries are; add these folders to
# PATH to have them in a shell. A folder appears when it is whole. Exits 3 where something could not be installed: named.
set -eu
cd "$(dirname "$0")/.."
tools=$PWD/.build-tools

# CPU|compiler|packages|emulator, which is empty where a kernel is enough.
given=
for argument; do
  shift
  case $argument in
    *'|'*)
      echo "$argument" | grep -qE '^[a-z0-9_]+\|[^|]+\|([^|]* )?libc6-dev-[a-z0-9]+-cross( [^|]*)?\|[^|]*$' || {
        echo "$0: a row is 'CPU|compiler|packages, libc6-dev-…-cross among them|emulator', not '$argument'" >&2
        exit 2
      }
      given=$given$argument'
'
      argument=${argument%%|*}
      ;;
  esac
  set -- "$@" "$argument"
done
matrix() {
  printf '%s' "$given"
  sed -n 's/^ *"\([^"]*\)": CrossTools("\([^"]*\)", *"\([^"]*\)"\(.*emulator("\([^"]*\)"\)\{0,1\}.*/\1|\2|\3|\5/p' \
    Sources/Conformance/Toolchain.swift
}
field() { matrix | grep "^$1|" | cut -d '|' -f "$2"; } # field CPU NUMBER
debian_name() { field "$1" 3 | sed 's/.*libc6-dev-\(.*\)-cross.*/\1/'; }

if [ "${1:-}" = --matrix ]; then
  matrix
  exit
fi
host=$(dpkg --print-architecture 2>/dev/null) && command -v apt-get >/dev/null || {
  echo "$0: only Debian's packages are known, and there is no dpkg and apt-get" >&2
  exit 3
}
# shellcheck disable=SC2046 # a list of words
[ $# -gt 0 ] || set -- $(matrix | cut -d '|' -f 1 | grep -vx "$host")
for cpu in "$@"; do
  [ -n "$(field "$cpu" 1)" ] || {
    echo "$0: unknown CPU '$cpu'; known: $(matrix | cut -d '|' -f 1 | xargs)" >&2
    exit 2
  }
done

mkdir -p "$tools/cross"
exec 9>"$tools/cross/lock"
flock 9 # whoever waited finds everything there
rm -rf "$tools"/cross/.state-* # of one that was killed
for folder in "$tools"/cross/*/bin; do PATH=$PATH:$folder; done

# MARK: - What is missing

groups=
want() { # want GROUP TEST…
  group=$1
  shift
  "$@" >/dev/null 2>&1 || case " $groups " in *" $group "*) ;; *) groups="$groups $group" ;; esac
}
makes_programs() { echo 'int main(void) { return 0; }' | "$1" -static -x c -o /dev/null -; }
for cpu in "$@"; do
  want "$cpu" makes_programs "$(field "$cpu" 2)"
  emulator=$(field "$cpu" 4)
  if [ -n "$emulator" ]; then
    want qemu-user command -v "$emulator"
    want gdb-multiarch command -v gdb-multiarch
  fi
  want "libunwind-$cpu" test -d "$tools/libunwind-$cpu"
done
[ -n "$groups" ] || exit 0
echo "installing into .build-tools:$groups"

# MARK: - A private apt

state=$(mktemp -d "$tools/cross/.state-XXXXXX")
trap 'rm -rf "$state"' EXIT
trap 'exit 3' HUP INT TERM
mkdir -p "$state/lists/partial" "$state/archives/partial"
: >"$state/status" # nothing is installed there, so that all that a package needs is named
cat >"$state/apt.conf" <<CONF
APT::Architecture "$host";
APT::Architectures { "$host"; $(for cpu in "$@"; do printf '"%s"; ' "$(debian_name "$cpu")"; done)};
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
Dir::State "$state";
Dir::State::status "$state/status";
Dir::Cache "$state";
Dir::Etc::sourcelist "$state/sources.list";
Dir::Etc::sourceparts "-";
CONF
# The machine's own sources, but for those of other projects.
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
signer=/usr/share/keyrings/debian-archive-keyring.gpg
apt-get indextargets --format "deb [signed-by=$signer] \$(REPO_URI) \$(RELEASE) \$(COMPONENT)" 'Created-By: Packages' |
  grep -E " ($codename|stable)[a-z-]* main$" | sort -u >"$state/sources.list"
update() { # lists that can't be had may not be needed
  apt-get -qq update 2>"$state/update" || true
  sed -n 's/^[EW]: //p' "$state/update" >&2
}
export APT_CONFIG="$state/apt.conf"
update

# MARK: - Packages

has_package() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

# What these packages need and the host hasn't, themselves included. Sanitizers are nobody's need here.
closure() {
  apt-get -qq -s install "$@" | sed -n 's/^Inst \([^ :]*\).*/\1/p' |
    grep -vE '^lib(asan|hwasan|lsan|tsan|ubsan|itm|quadmath|gomp)[0-9]+-.*-cross$' | while read -r package; do
    case $package in
      *-cross | *-linux-gnu* | gdb* | qemu-user*) echo "$package" ;;
      *) has_package "$package" || echo "$package" ;;
    esac
  done
}

fetch() { # fetch FOLDER PACKAGE…: unpacked there
  folder=$1
  shift
  rm -rf "$state/archives" && mkdir -p "$state/archives/partial" "$folder"
  (cd "$state/archives" && apt-get -qq download "$@") || return 1
  for package in "$state"/archives/*.deb; do dpkg-deb -x "$package" "$folder" || return 1; done
}

host_programs() { # host_programs FOLDER PACKAGE…
  folder=$1
  shift
  packages=$(closure "$@") && [ -n "$packages" ] || return 1
  # shellcheck disable=SC2086 # a list of words
  fetch "$folder" $packages || return 1
  rm -rf "$folder/usr/share/doc" "$folder/usr/share/man" "$folder/usr/share/locale" "$folder/usr/share/info"
  rm -f "$folder"/usr/lib/gcc-cross/*/*/lto1 "$folder"/usr/bin/*-lto-dump*
  # Of the emulators those of the matrix, and the one whose fault a test shows: others are nine tenths of the package.
  for program in "$folder"/usr/bin/qemu-*; do
    { matrix | cut -d '|' -f 4 && echo qemu-i386; } | grep -qx "${program##*/}" || rm -f "$program"
  done
  # gdb-multiarch needs the package gdb, whose programs judge this CPU: those are the system's affair.
  rm -f "$folder"/usr/bin/gcore "$folder"/usr/bin/gdb "$folder"/usr/bin/gdb-add-index "$folder"/usr/bin/gdbtui
  mkdir "$folder/bin"
  for program in "$folder"/usr/bin/*; do
    [ -x "$program" ] || continue
    starter=$folder/bin/${program##*/}
    cat >"$starter" <<'STARTER'
#!/bin/sh
root=$(cd "$(dirname "$0")/.." && pwd)
for folder in "$root"/usr/lib/*-linux-gnu* "$root"/lib/*-linux-gnu*; do LD_LIBRARY_PATH=$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}; done
export LD_LIBRARY_PATH
for folder in "$root"/usr/lib/python3.*; do [ ! -d "$folder" ] || export PYTHONHOME="$root/usr"; done
exec "$root/usr/bin/${0##*/}" "$@"
STARTER
    chmod +x "$starter"
  done
}

# Static, with its headers. The first Debian of riscv64 is 13.
newer=trixie
libunwind_of() { # libunwind_of CPU FOLDER
  debian=$(debian_name "$1")
  if ! apt-cache policy "libunwind-dev:$debian" | grep -q 'Candidate: [0-9]'; then
    sed -n "s/\] \(.*\) $codename main/ arch=$debian] \1 $newer main/p" "$state/sources.list" >>"$state/sources.list"
    update
  fi
  fetch "$2" "libunwind-dev:$debian" "liblzma-dev:$debian" || return 1
  rm -rf "$2/usr/share"
  # ld 2.40 dies of the debugging information of a newer riscv64 compiler: tried, with 1.8.1.
  strip=$(field "$1" 2 | sed 's/gcc$/strip/')
  for library in "$2"/usr/lib/*/*.a; do "$strip" -g "$library" || return 1; done
}

install() { # install GROUP FOLDER
  case $1 in
    libunwind-*) libunwind_of "${1#libunwind-}" "$2" ;;
    qemu-user | gdb-multiarch) host_programs "$2" "$1" ;;
    # shellcheck disable=SC2046 # a list of words
    *) host_programs "$2" $(field "$1" 3) ;;
  esac
}

failed=
for group in $groups; do
  case $group in
    libunwind-*) place=$tools/$group ;;
    *) place=$tools/cross/$group ;;
  esac
  if install "$group" "$state/whole" 2>"$state/errors"; then
    rm -rf "$place"
    mv "$state/whole" "$place"
    PATH=$PATH:$place/bin
    echo "installed ${place#"$PWD/"}: $(du -sh "$place" | cut -f 1)"
  else
    rm -rf "$state/whole"
    sed "s|^|$group: |" "$state/errors" >&2
    failed="$failed $group"
  fi
done
[ -z "$failed" ] || { echo "$0: could not install:$failed" >&2; exit 3; }
