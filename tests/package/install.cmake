# Builds the library as a packager would, installs it, and moves the prefix: everything that is tested afterwards is
# tested at another place than it was installed to. SOURCE, WORK, SHARED.
cmake_minimum_required(VERSION 3.21)
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)

run(${configure} -S ${SOURCE} -B ${WORK}/build -DBUILD_SHARED_LIBS=${SHARED} -DCMAKE_INSTALL_LIBDIR=lib)
run(${CMAKE_COMMAND} --build ${WORK}/build --parallel)

file(REMOVE_RECURSE ${WORK}/stage ${WORK}/prefix ${WORK}/runtime)
run(${CMAKE_COMMAND} --install ${WORK}/build --prefix ${WORK}/stage)
run(${CMAKE_COMMAND} --install ${WORK}/build --prefix ${WORK}/runtime --component liveblocks_runtime)
file(RENAME ${WORK}/stage ${WORK}/prefix)

file(GLOB_RECURSE texts ${WORK}/prefix/*.cmake ${WORK}/prefix/*.pc)
foreach(text IN LISTS texts)
  file(READ ${text} content)
  foreach(forbidden ${SOURCE} ${WORK} nlohmann)
    string(FIND "${content}" "${forbidden}" position)
    if(NOT position EQUAL -1)
      message(SEND_ERROR "${text} mentions ${forbidden}")
    endif()
  endforeach()
endforeach()
