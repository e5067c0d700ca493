# Compares the files below PREFIX with those that EXPECTED, a list of text files with `|` between, name. VERSION and SOVERSION stand for
# themselves in angle brackets.
file(GLOB_RECURSE found RELATIVE ${PREFIX} ${PREFIX}/*)
set(expected)
string(REPLACE "|" ";" EXPECTED "${EXPECTED}")
foreach(list IN LISTS EXPECTED)
  file(STRINGS ${list} lines)
  list(APPEND expected ${lines})
endforeach()
list(TRANSFORM expected REPLACE "<version>" "${VERSION}")
list(TRANSFORM expected REPLACE "<soversion>" "${SOVERSION}")

set(missing ${expected})
list(REMOVE_ITEM missing ${found})
set(surplus ${found})
list(REMOVE_ITEM surplus ${expected})
if(missing OR surplus)
  message(FATAL_ERROR "Not installed: ${missing}\nNot in the lists of tests/package/installed: ${surplus}")
endif()
