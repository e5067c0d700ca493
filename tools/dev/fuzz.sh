# Sourced by ./dev: lets libFuzzer look for new inputs.
# shellcheck shell=bash

# fuzz_targets <seconds> [target...]: each in turn, all unless some are named. The corpus, the logs and what was found stay
# in build/fuzz. Fails at the end if a target has failed.
fuzz_targets() {
  local seconds=$1 name
  local -a names=("${@:2}") failed=()
  [[ "$seconds" =~ ^[1-9][0-9]*$ ]] || fail "'$seconds' is not a number of seconds."
  if [[ ${#names[@]} -eq 0 ]]; then
    for name in build/fuzz/bin/fuzz_*; do names+=("${name##*/fuzz_}"); done
  fi
  for name in "${names[@]}"; do
    [[ -x "build/fuzz/bin/fuzz_$name" ]] || fail "There is no target '$name' in tests/fuzz."
  done
  for name in "${names[@]}"; do
    step "Fuzzing $name for $seconds s"
    fuzz_target "$name" "$seconds" || failed+=("$name")
  done
  [[ ${#failed[@]} -eq 0 ]] || fail "These have failed: ${failed[*]}. Their inputs are in build/fuzz/found."
}

# fuzz_target <name> <seconds>
fuzz_target() {
  local name=$1 program=build/fuzz/bin/fuzz_$1 corpus=build/fuzz/corpus/$1 found=build/fuzz/found/$1
  local log=build/fuzz/logs/$1.log words=build/fuzz/dictionaries/fuzz_$1.dict input
  local -a options=("-max_total_time=$2" -print_final_stats=1 -timeout=60 "-artifact_prefix=$found/")
  [[ ! -e "$words" ]] || options+=("-dict=$words")
  rm -rf "$found"
  mkdir -p "$corpus" "$found" build/fuzz/logs
  if "$program" "${options[@]}" "$corpus" >"$log" 2>&1; then
    fuzz_figures "$log"
    return
  fi
  grep -a -E '^ *#[0-9]+ 0x.*(/tests/|/src/|/include/liveblocks/)|ERROR|SUMMARY' "$log" >&2 || tail -n 20 "$log" >&2
  for input in "$found"/*; do
    [[ ! -e "$input" ]] || printf 'The input is %s. To replay it: %s %s\n' "$input" "$program" "$input" >&2
  done
  printf 'The whole log is %s\n' "$log" >&2
  return 1
}

# fuzz_figures <log>: what libFuzzer tells at the end.
fuzz_figures() {
  local executions units coverage
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$1")
  units=$(sed -n 's/^stat::new_units_added: *//p' "$1")
  coverage=$(grep -a -o 'cov: [0-9]*' "$1" | tail -n 1 | cut -d ' ' -f 2)
  printf '    %s executions, %s edges covered, %s new inputs\n' "$executions" "$coverage" "$units"
}
