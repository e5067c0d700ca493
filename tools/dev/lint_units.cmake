# cmake -DSOURCE=<tree> -DDATABASE=<compile_commands.json> -DOUT=<folder> -P lint_units.cmake
# Writes what ./dev lint gives to clang-tidy: units of several sources, with a compilation database of their own.
#
# clang-tidy spends most of its time on headers that every source includes. Checking sources together that are compiled with the
# same flags takes about a tenth of the time.

cmake_minimum_required(VERSION 3.21)
include(${CMAKE_CURRENT_LIST_DIR}/../../cmake/LiveblocksUnits.cmake)
set(sources_per_unit 20)
# Sources that cannot share a unit: they define operator new, the entry point of libFuzzer, or members of a namespace.
set(alone "^(bench|tests/fuzz|tests/hygiene|tests/support)(/|$)")

# Sets <groups> to keys. For each, sources_<key> are sources with the flags_<key>: tests, examples or tools of any folders, or the
# sources of one folder that open a namespace, as those of the library do.
macro(read_database groups)
  file(READ "${DATABASE}" database)
  string(JSON count LENGTH "${database}")
  math(EXPR last "${count} - 1")
  foreach(i RANGE ${last})
    string(JSON source GET "${database}" ${i} file)
    file(RELATIVE_PATH path "${SOURCE}" "${source}")
    if(path MATCHES "^build/" OR source IN_LIST known)
      continue()
    endif()
    list(APPEND known "${source}")
    string(JSON command GET "${database}" ${i} command)
    string(REGEX REPLACE " -o .*" "" flags "${command}")
    string(REGEX REPLACE "/.*" "" place "${path}")
    file(STRINGS "${source}" opens_namespace REGEX "${unit_namespace}")
    file(STRINGS "${source}" is_alone REGEX "${unit_alone}")
    if(path MATCHES "${alone}" OR is_alone)
      set(place "${source}")
    elseif(place STREQUAL "src" OR opens_namespace)
      cmake_path(GET source PARENT_PATH place)
    endif()
    string(MD5 key "${place} ${flags}")
    list(APPEND ${groups} ${key})
    list(APPEND sources_${key} "${source}")
    set(flags_${key} "${flags}")
  endforeach()
  list(REMOVE_DUPLICATES ${groups})
endmacro()

# Writes the unit of these sources, and sets <entry> to its entry in the database. Units are in the folders of their sources, as
# clang-tidy reads the options of a folder.
function(write_unit entry flags)
  list(GET ARGN 0 first)
  cmake_path(GET first PARENT_PATH folder)
  file(RELATIVE_PATH place "${SOURCE}" "${folder}")
  string(MD5 name "${ARGN}")
  set(unit "${OUT}/${place}/${name}.cpp")
  set(outside "${unit_namespace}|${unit_alone}")
  if(place MATCHES "${alone}")
    set(outside ".")
  endif()
  unit_text(text "${outside}" ${ARGN})
  file(WRITE "${unit}" "${text}")
  # In a namespace, main() is a function like any other, which has to return a value.
  set(command "${flags} -Wno-return-type -c \"${unit}\"")
  string(REPLACE "\\" "\\\\" command "${command}")
  string(REPLACE "\"" "\\\"" command "${command}")
  set(${entry} "{\"directory\": \"${OUT}\", \"file\": \"${unit}\", \"command\": \"${command}\"}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${OUT}")
foreach(options IN ITEMS .clang-tidy tests/.clang-tidy)
  configure_file("${SOURCE}/${options}" "${OUT}/${options}" COPYONLY)
endforeach()
read_database(groups)
foreach(key IN LISTS groups)
  while(sources_${key})
    list(SUBLIST sources_${key} 0 ${sources_per_unit} sources)
    list(REMOVE_ITEM sources_${key} ${sources})
    write_unit(entry "${flags_${key}}" ${sources})
    list(APPEND entries "${entry}")
  endwhile()
endforeach()
list(JOIN entries ",\n" entries)
file(WRITE "${OUT}/compile_commands.json" "[${entries}]\n")
