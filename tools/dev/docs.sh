# Sourced by ./dev: builds the docs site in build/docs, and looks at what MkDocs and Doxygen have written.
# shellcheck shell=bash

# build_site: the pages, then the reference beside them.
build_site() {
  rm -rf build/docs build/docs-source
  mkdir -p build/docs-source
  python3 tools/docs/stage.py . build/docs-source || fail "The pages cannot be collected."
  step "MkDocs"
  mkdocs build --quiet --config-file build/docs-source/mkdocs.yml
  check_pages build/docs
  step "Doxygen"
  # A reader of the reference finds back to the pages.
  doxygen -l build/docs-source/layout.xml
  sed -i -e 's,<navindex>,&<tab type="user" url="../index.html" title="Guides"/>,' \
    -e 's,type="\(modules\|topics\)" visible="yes" title="",type="\1" visible="yes" title="Topics",' build/docs-source/layout.xml
  # The page of MkDocs in its place is only there for the navigation.
  rm -r build/docs/reference
  doxygen docs/Doxyfile || fail "The reference lacks what doxygen names above."
  python3 tools/docs/mend_reference.py build/docs/reference
  check_reference build/docs/reference
}

# check_pages <folder>: what MkDocs does not warn of.
check_pages() {
  ! grep -rlE --include='*.html' '<p>(```|[-*] |[0-9]+\. |\|)' "$1" || fail "These pages have a list, a table or code that became text."
}

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

# check_site: links, search, accessibility and requests, with a browser.
check_site() {
  step "Checking build/docs"
  use_node
  LIVEBLOCKS_SITE="$PWD/build/docs" node --test tests/site/*.test.mjs
}
