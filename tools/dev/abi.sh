# Sourced by ./dev: compares the ABI of the shared libraries with that which the last release promised, tools/packaging/abi.
# shellcheck shell=bash

readonly ABI_BASELINE=tools/packaging/abi

# for_each_library <command>...: runs it with the name of each built library and its file, which has debug information, as well.
for_each_library() {
  local file name version
  version=$(package_version)
  for file in "$RELEASE/deb/liveblocks-cpp-$version"/obj-*/src/{,testing/}"lib"*".so.$version"; do
    name=$(basename "$file" ".so.$version")
    "$@" "$name" "$file" || return
  done
}

# What a compiler says about types depends on its version: the baseline is that of the g++ of Debian 12.
knows_abi() { [[ "$(codename)" == bookworm && "$(g++ -dumpversion)" == 12 && "$(uname -m)" == x86_64 ]]; }

accept_abi() {
  describe_abi "$ABI_BASELINE"
  step "$ABI_BASELINE has the ABI of the last commit"
}

# describe_abi <folder>: what programs rely on in each library.
describe_abi() {
  mkdir -p "$1"
  for_each_library describe_library "$1"
}

# describe_library <folder> <name> <file>
describe_library() {
  abidw --suppressions "$ABI_BASELINE/suppressions" --exported-interfaces-only --no-corpus-path --no-elf-needed \
    --out-file "$RELEASE/$2.xml" "$3" &&
    python3 -B tools/packaging/abi.py describe "$RELEASE/$2.xml" >"$1/$2.txt"
}

check_abi() {
  if ! knows_abi; then
    step "The ABI is only compared on Debian 12 with g++ 12, on x86_64"
    return
  fi
  step "Comparing the ABI with $ABI_BASELINE"
  describe_abi "$RELEASE/abi"
  local baseline is_kept=yes
  for baseline in "$ABI_BASELINE"/*.txt; do
    python3 -B tools/packaging/abi.py compare "$baseline" "$RELEASE/abi/$(basename "$baseline")" || is_kept=no
  done
  [[ $is_kept == yes ]] || fail "Programs that were built with the last release may not work. If that is intended, see docs/packaging.md."
}
