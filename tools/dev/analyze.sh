# Sourced by ./dev: what cppcheck and the analyzer of g++ have to say. clang-tidy, with the analyzer of clang, is ./dev lint.
# shellcheck shell=bash

# Findings of cppcheck that are left to clang-tidy, which knows the types. Others are suppressed beside the code, with the reason.
#
# passedByValue             sees no move from a parameter whose type it does not know: performance-unnecessary-value-param
# throwInNoexceptFunction   takes a lambda in a try block for code outside of it: bugprone-exception-escape
readonly CPPCHECK_LEAVES=(passedByValue throwInNoexceptFunction)

# Warnings of the analyzer of g++ that are off.
#
# use-of-uninitialized-value   g++ 12 takes every object that a function returns for uninitialized
# malloc-leak                  misses that the destructor of a container frees
# null-dereference             takes the memory of a container for null after an exception
readonly ANALYZER_LEAVES=(use-of-uninitialized-value malloc-leak null-dereference)

dev_analyze() {
  need_packages build analyze
  run_cppcheck
  run_analyzer
}

run_cppcheck() {
  step "cppcheck"
  git ls-files -z -- {src,include,examples,tools}/'*.'{c,h}pp |
    xargs -0 cppcheck --std=c++17 --language=c++ --library=std,posix,openssl,libcurl,sqlite3,qt,tools/dev/cppcheck.cfg \
      -I include -I src -I examples -I tools --enable=warning,performance,portability --inline-suppr \
      "${CPPCHECK_LEAVES[@]/#/--suppress=}" --template='{file}:{line}: {severity}: {message} [{id}]' --quiet \
      --error-exitcode=1 -j "$(nproc)"
}

# It follows what C libraries allocate and open, and little of C++: so it looks at the sources that call such libraries.
run_analyzer() {
  step "g++ -fanalyzer"
  sources_with_c_libraries |
    xargs -n 1 -P "$(nproc)" g++ -std=c++17 -fanalyzer -Werror "${ANALYZER_LEAVES[@]/#/-Wno-analyzer-}" -I include -I src -c -o /dev/null
}

# Sources whose own header, or the headers that they include from their folder, include one of OpenSSL, libcurl or the system.
sources_with_c_libraries() {
  git grep -lE '#include <(openssl|curl|sys|arpa|netinet)/|#include <(fcntl|poll|unistd)\.h>' -- 'src/*.cpp' 'src/*.hpp' |
    sed 's/\.hpp$/.cpp/' | sort -u | while read -r source; do [[ ! -e "$source" ]] || echo "$source"; done
}
