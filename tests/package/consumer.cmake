# Configures, builds and runs the project in the folder PROJECT afresh in WORK. Lists have `|` between: OPTIONS are handed
# to it, for each component of PROGRAMS its program use_<component> is built and run; without PROGRAMS it is only
# configured. With REFUSED, a regular expression, configuring has to fail with such a message instead.
cmake_minimum_required(VERSION 3.21)
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)

string(REPLACE "|" ";" options "${OPTIONS}")
string(REPLACE "|" ";" components "${PROGRAMS}")
string(REPLACE "|" " " programs "${PROGRAMS}")
set(configure_consumer ${configure} -S ${CMAKE_CURRENT_LIST_DIR}/${PROJECT} -B ${WORK} "-DPROGRAMS=${programs}" ${options})

file(REMOVE_RECURSE ${WORK})
if(REFUSED)
  execute_process(COMMAND ${configure_consumer} RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE errors)
  string(REGEX REPLACE "[ \n]+" " " errors "${errors}")
  if(NOT result OR NOT errors MATCHES "${REFUSED}")
    message(FATAL_ERROR "Not refused with '${REFUSED}' but with (${result}):\n${errors}")
  endif()
  return()
endif()

run(${configure_consumer})
if(NOT components)
  return()
endif()
run(${CMAKE_COMMAND} --build ${WORK} --parallel)
foreach(component IN LISTS components)
  set(program ${WORK}/use_${component})
  run(${program})
  file(GET_RUNTIME_DEPENDENCIES EXECUTABLES ${program} RESOLVED_DEPENDENCIES_VAR libraries)
  if(NOT component STREQUAL "liveblocks" AND libraries MATCHES "curl")
    message(FATAL_ERROR "${program} has no use for libcurl but loads it")
  endif()
  # None of these programs makes one.
  run(${NM} --demangle ${program})
  if(output MATCHES "LoopThread")
    message(FATAL_ERROR "${program} only blocks but contains LoopThread")
  endif()
endforeach()
