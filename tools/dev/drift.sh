# Sourced by ./dev: compares the vendors' packages that the tests are pinned to with newer ones.
# shellcheck shell=bash

# run_drift [package@version]...: their newest releases, or those versions. Returns 0 if the oracles end and say the same
# with both, 3 if not. Nothing in tests/peers changes.
run_drift() {
  local folder=build/drift
  rm -rf "$folder"
  node tools/drift/drift.mjs prepare tests/peers "$folder" "$@"
  step "Installing ${*:-the newest packages of the vendors} into $folder/"
  (cd "$folder" && npm install --no-package-lock --prefer-online --loglevel=error) ||
    fail "The packages could not be installed: is the npm registry reachable? Nothing was compared."
  use_node
  node tools/drift/drift.mjs compare tests/peers "$folder" build/dev
}
