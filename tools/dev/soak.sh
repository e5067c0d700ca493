# Sourced by ./dev: soaks the asynchronous endpoint, in three builds.
# shellcheck shell=bash

# dev_soak [minutes [seed]]: each build gets a third of the time.
dev_soak() {
  local minutes=${1:-3} preset
  local -a seed=()
  [[ "$minutes" =~ ^[1-9][0-9]*$ ]] || fail "'$minutes' is no number of minutes. See ./dev help."
  [[ -z "${2:-}" ]] || seed=(--seed "$2")
  need_packages build clang
  for preset in dev asan tsan; do
    configure "$preset"
    build "$preset" liveblocks_soak
    step "Soaking build/$preset for $((minutes * 20)) s"
    "build/$preset/tests/soak/liveblocks_soak" --seconds "$((minutes * 20))" "${seed[@]}"
  done
}
