#!/usr/bin/env bash
# check_installed.sh: installs the packages in this folder in a Debian that holds nothing else, uses them with CMake and pkg-config,
# and removes them. For ./dev package, as root of that Debian.
set -euo pipefail

step() { printf '==> %s\n' "$*"; }
fail() { printf '%s\n' "$*" && exit 1; }
apt_quietly() { DEBIAN_FRONTEND=noninteractive apt-get -qq -y "$@" >apt.log 2>&1 || fail "$(cat apt.log)"; }
# package_here <pattern>: the name of the only package in this folder that fits.
package_here() {
  local -a files
  mapfile -t files < <(compgen -G "$1_*.deb")
  [[ ${#files[@]} -eq 1 ]] || fail "${#files[@]} packages are named $1: ${files[*]}" >&2
  echo "${files[0]%%_*}"
}
left_over() { find / -xdev \( -path "$PWD" -o -path /proc -o -path /sys -o -path /dev \) -prune -o -iname '*liveblocks*' -print; }

components="core liveblocks testing"
# Their names contain the version of the ABI.
library=$(package_here 'libliveblocks[0-9]*')
testing_library=$(package_here 'libliveblocks-testing[0-9]*')
apt_quietly update

step "Installing libliveblocks-dev without libliveblocks-testing-dev"
apt_quietly install --no-install-recommends "./$library"_*.deb ./libliveblocks-dev_*.deb g++ cmake ninja-build pkg-config
# Its dependencies are those of the library: nothing that is only needed to build it, and no headers of others.
for package in nlohmann-json3-dev libssl-dev libcurl4-openssl-dev; do
  ! dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || fail "$package is installed"
done
if cmake -G Ninja -S consumer -B refused -DCOMPONENTS=testing >refused.log 2>&1; then
  fail "A component was found that is not installed."
fi
tr -s ' \n' ' ' <refused.log | grep -q "'testing' is not installed" || fail "$(cat refused.log)"

step "Installing libliveblocks-testing-dev"
apt_quietly install --no-install-recommends "./$testing_library"_*.deb ./libliveblocks-testing-dev_*.deb

step "find_package"
cmake -G Ninja -S consumer -B build -DCMAKE_BUILD_TYPE=Release "-DCOMPONENTS=$components" "-DPROGRAMS=$components" >cmake.log
cmake --build build >>cmake.log || fail "$(cat cmake.log)"

step "pkg-config"
for component in $components; do
  module=liveblocks-$component
  [[ "$component" != liveblocks ]] || module=liveblocks
  # shellcheck disable=SC2046
  g++ -std=c++17 "consumer/use_$component.cpp" -o "build/pkg_config_$component" $(pkg-config --cflags --libs "$module")
done

run_all() {
  local program
  for program in build/use_* build/pkg_config_*; do
    "$program" || fail "$program does not work"
  done
}
run_all

step "The first token"
# As docs/packaging.md says.
# shellcheck disable=SC2046
g++ -std=c++17 token.cpp -o token $(pkg-config --cflags --libs liveblocks liveblocks-testing)
./token | grep -q '^200 {"token":"eyJ' || fail "There is no token."

step "Only the shared libraries"
apt_quietly purge libliveblocks-dev libliveblocks-testing-dev
run_all

step "Removing and purging"
apt_quietly remove "$library" "$testing_library" # No longer known to apt then.
dpkg --purge "$library" "$testing_library" >apt.log 2>&1
rm -f /var/cache/apt/archives/*liveblocks*
left=$(left_over)
[[ -z "$left" ]] || fail "This is left: $left"
! ldconfig --print-cache | grep liveblocks || fail "The cache of the linker names it."
