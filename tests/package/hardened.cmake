# Builds the project in the folder hardened with CXX, and fails unless its library and its program are hardened, and end instead of
# working on with memory that is not theirs. SOURCE, WORK, CXX, READELF.
cmake_minimum_required(VERSION 3.21)
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/elf.cmake)

file(REMOVE_RECURSE ${WORK})
run(
  ${CMAKE_COMMAND} -G ${GENERATOR} -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS=
  -DLIVEBLOCKS_SOURCE=${SOURCE} -S ${CMAKE_CURRENT_LIST_DIR}/hardened -B ${WORK})
run(${CMAKE_COMMAND} --build ${WORK})
check_elf(${WORK}/libcopied.so)
foreach(symbol IN ITEMS __strcpy_chk glibcxx_assert_fail)
  if(NOT output MATCHES "UND +[A-Za-z0-9_]*${symbol}")
    message(SEND_ERROR "${CXX}: the library does not call ${symbol}")
  endif()
endforeach()
run(${READELF} --wide --dynamic ${WORK}/copy)
if(NOT output MATCHES "\\(FLAGS_1\\) +Flags: [A-Z ]*PIE")
  message(SEND_ERROR "${CXX}: the program is not a position-independent executable")
endif()

run(${WORK}/copy short 2)
string(REPEAT "x" 200 long)
foreach(arguments IN ITEMS "${long};2" "short;3")
  execute_process(COMMAND ${WORK}/copy ${arguments} RESULT_VARIABLE result OUTPUT_QUIET ERROR_QUIET)
  if(result MATCHES "^[0-9]+$")
    message(SEND_ERROR "${CXX}: the program was not ended with ${arguments}, but returned ${result}")
  endif()
endforeach()
