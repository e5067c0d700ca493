# Sourced by ./dev: looks at the pages of the reference that doxygen has written.
# shellcheck shell=bash

# check_reference <folder>: what doxygen itself does not warn of.
check_reference() {
  local abi namespace
  grep -q 'Where to begin' "$1/index.html" || fail "The first page of the reference is blank."
  grep -q 'class="line".*makeAuthEndpoint' "$1/index.html" || fail "The first page lacks the program it shows."
  while read -r namespace; do
    grep -q ">$namespace</a>.*class=\"desc\">[^<]" "$1/namespaces.html" ||
      fail "The reference says nothing of the namespace '$namespace'. Describe it in docs/reference.dox."
  done < <(public_namespaces)
  ! grep -lE '<th[^>]*>(<[^/][^>]*>)*<code' "$1"/*.html || fail "These pages have code in the head of a table: blue on blue."
  ! grep -lE '^<p ?>.*\| \|' "$1"/*.html || fail "These pages have a table that was wrapped within a row."
  abi=$(sed -n 's/^#define LIVEBLOCKS_ABI //p' include/liveblocks/core/version.hpp)
  ! grep -rlE "::${abi}\\b|\\b${abi}::" "$1" || fail "These pages name the inline namespace."
}

# Those that headers open, without the namespaces around them.
public_namespaces() {
  grep -rhoE '^(inline )?namespace [a-z:]+ \{' include | sed 's/ {$//; s/.*[ :]//' | grep -vx detail | sort -u
}
