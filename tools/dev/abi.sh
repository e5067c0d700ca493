# Sourced by ./dev: compares the ABI of the shared libraries with that which the last release promised, tools/packaging/abi.
# shellcheck shell=bash

readonly ABI_BASELINE=tools/packaging/abi

# for_each_library <command>: runs it with the name, the file with debug information, and the headers of each built library.
for_each_library() {
  local file name version
  version=$(package_version)
  for file in "$RELEASE/deb/liveblocks-cpp-$version"/obj-*/src/{,testing/}"lib"*".so.$version"; do
    name=$(basename "$file" ".so.$version")
    "$1" "$name" "$file" "$RELEASE/deb/liveblocks-cpp-$version/include" || return
  done
}

# What a compiler says about types depends on its version: the baseline is that of the g++ of Debian 12.
knows_abi() { [[ "$(codename)" == bookworm && "$(g++ -dumpversion)" == 12 && "$(uname -m)" == x86_64 ]]; }

accept_abi() {
  for_each_library write_abi
}

# write_abi <name> <file> <headers>
write_abi() {
  abidw --suppressions "$ABI_BASELINE/suppressions" --headers-dir "$3" --drop-private-types --exported-interfaces-only --no-show-locs \
    --no-corpus-path --no-comp-dir-path --no-elf-needed --no-parameter-names --no-write-default-sizes --type-id-style hash \
    --out-file "$ABI_BASELINE/$1.abi" "$2"
}

check_abi() {
  if ! knows_abi; then
    step "The ABI is only compared on Debian 12 with g++ 12, on x86_64"
    return
  fi
  step "Comparing the ABI with $ABI_BASELINE"
  for_each_library compare_abi || fail "Programs that were built with the last release may break. If that is intended, see docs/packaging.md."
}

# compare_abi <name> <file> <headers>: what is new harms nobody.
compare_abi() {
  abidiff --suppressions "$ABI_BASELINE/suppressions" --headers-dir2 "$3" --drop-private-types --exported-interfaces-only \
    --no-added-syms --no-show-locs "$ABI_BASELINE/$1.abi" "$2"
}
