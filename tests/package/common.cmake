# What the scripts of the package tests share. Each test says what it works on with -D options.

# run(<command>...): runs it; the test fails with its output when it does. The output is left in `output`, that of
# errors and warnings in `errors`.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE errors)
  if(result)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\n${output}${errors}")
  endif()
  set(output "${output}" PARENT_SCOPE)
  set(errors "${errors}" PARENT_SCOPE)
endfunction()

# With the flags of the tree that is tested, a compiler cache has most of the objects already.
string(TOUPPER "${BUILD_TYPE}" build_type)
set(configure
    ${CMAKE_COMMAND}
    -G
    ${GENERATOR}
    -DCMAKE_CXX_COMPILER=${CXX}
    -DCMAKE_CXX_FLAGS=${FLAGS}
    -DCMAKE_BUILD_TYPE=${BUILD_TYPE}
    -DLIVEBLOCKS_HARDENING=${HARDENING}
    -DCMAKE_CXX_FLAGS_${build_type}=${BUILD_FLAGS})
