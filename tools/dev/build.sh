# Sourced by ./dev: configures, builds and runs tests by preset.
# shellcheck shell=bash

# The package tests build the library again and again. On a fresh machine ccache has only just been installed.
use_ccache() {
  command -v ccache >/dev/null || return 0
  export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-ccache} CCACHE_NOHASHDIR=1
}

# There are over a hundred test programs, and GNU ld takes a second for each.
faster_linker() {
  local linker
  for linker in lld gold; do
    if command -v "ld.$linker" >/dev/null; then
      echo "$linker"
      return
    fi
  done
  echo bfd
}

# configure <preset>: once, and again when the presets have changed. Ninja sees to the rest.
configure() {
  local stamp="build/$1/.configured" sum
  use_ccache
  sum=$(cksum <CMakePresets.json)
  [[ -e "$stamp" && "$(<"$stamp")" == "$sum" ]] && return
  step "Configuring build/$1"
  cmake --preset "$1" -D CMAKE_EXE_LINKER_FLAGS="-fuse-ld=$(faster_linker)" \
    -D LIVEBLOCKS_TEST_UNITS="${LIVEBLOCKS_TEST_UNITS:-OFF}"
  printf '%s\n' "$sum" >"$stamp"
}

# build <preset> <target>
build() {
  local log
  if log=$(ninja -C "build/$1" -n "$2" 2>&1) && [[ "$log" == *"no work to do"* ]]; then return; fi
  step "Building $2 in build/$1"
  cmake --build "build/$1" --target "$2"
}

# run_tests <preset> [label]
run_tests() {
  local -a which=()
  [[ -z "${2:-}" ]] || which=(-L "^$2\$")
  step "Testing${2:+ $2} in build/$1"
  use_node
  # Two more than there are cores: many tests wait for a timer, a server or a browser.
  ctest --test-dir "build/$1" --output-on-failure --no-tests=error -j "$(($(nproc) + 2))" "${which[@]}"
}

cpp_sources() {
  git ls-files -z -- '*.cpp' '*.hpp'
}
