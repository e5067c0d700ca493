# Sourced by ./dev: which lines and branches of the library the tests reach.
# shellcheck shell=bash

readonly LINES_LIMIT=95 BRANCHES_LIMIT=85 # in per cent
readonly LINES_WITHOUT_REASON=2           # of a file, because it depends on timing which side of a race is seen

dev_coverage() {
  need_packages build coverage
  LIVEBLOCKS_TEST_UNITS=ON configure coverage
  local label
  local -a labels=(unit integration fuzz)
  for label in "${labels[@]}"; do build coverage "tests_$label"; done
  # Those of earlier runs, and of the programs that named their cases when they were built.
  find build/coverage -name '*.gcda' -delete
  for label in "${labels[@]}"; do run_tests coverage "$label"; done
  report_coverage
}

# Tells what the tests have not reached. Fails below a limit, and if there is more of it than docs/coverage.md gives reasons for.
report_coverage() {
  local folder=build/coverage/report result=0
  step "What no test has reached"
  mkdir -p "$folder"
  # A branch that the compiler adds in case of an exception is none that somebody wrote.
  gcovr --root . --filter src/ --filter include/ --exclude-throw-branches --exclude-unreachable-branches -j "$(nproc)" \
    --txt "$folder/lines.txt" --csv "$folder/files.csv" build/coverage >"$folder/gcovr.log" 2>&1 || fail "$(<"$folder/gcovr.log")"
  grep -v ' 100% *$' "$folder/lines.txt"
  check_coverage_limits "$folder/files.csv" || result=1
  check_coverage_reasons docs/coverage.md "$folder/files.csv" || result=1
  return $result
}

# check_coverage_limits <files.csv>
check_coverage_limits() {
  awk -F , -v lines_limit="$LINES_LIMIT" -v branches_limit="$BRANCHES_LIMIT" '
    NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
    {
      lines += $column["line_total"]; reached_lines += $column["line_covered"]
      branches += $column["branch_total"]; reached_branches += $column["branch_covered"]
    }
    END {
      if (!lines || !branches) { print "Nothing was counted."; exit 1 }
      lines = 100 * reached_lines / lines; branches = 100 * reached_branches / branches
      printf "Reached: %.2f %% of the lines (at least %d), %.2f %% of the branches (at least %d)\n",
        lines, lines_limit, branches, branches_limit
      exit lines < lines_limit || branches < branches_limit
    }' "$1"
}

# check_coverage_reasons <coverage.md> <files.csv>: the table of the document has for each file how many lines may be missing, and why.
check_coverage_reasons() {
  awk -F ' *[|] *' -v slack="$LINES_WITHOUT_REASON" '
    FNR == NR { if ($2 ~ /^`(src|include)\//) { gsub("`", "", $2); allowed[$2] = $3 } next }
    FNR == 1 { FS = ","; $0 = $0; for (i = 1; i <= NF; i++) column[$i] = i; next }
    {
      file = $column["filename"]; seen[file] = 1
      missing = $column["line_total"] - $column["line_covered"]
      if (missing > slack && missing > allowed[file]) {
        printf "%s lacks %d lines, docs/coverage.md gives reasons for %d\n", file, missing, allowed[file]; failed = 1
      }
    }
    END {
      for (file in allowed) if (!seen[file]) { print "docs/coverage.md names " file ", which is not compiled"; failed = 1 }
      exit failed
    }' "$1" "$2"
}
