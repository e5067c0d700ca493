# The first configuring of a tree in WORK knows each variable that it reads. The cache of a configured tree would also have those that
# are set too late.
file(REMOVE_RECURSE ${WORK})
execute_process(
  COMMAND ${CMAKE_COMMAND} --preset dev --warn-uninitialized -S ${SOURCE} -B ${WORK} -DCMAKE_CXX_COMPILER=${CXX}
  WORKING_DIRECTORY ${SOURCE}
  RESULT_VARIABLE result
  OUTPUT_QUIET
  ERROR_VARIABLE errors)
if(result OR errors MATCHES "uninitialized variable")
  message(FATAL_ERROR "(${result})\n${errors}")
endif()
