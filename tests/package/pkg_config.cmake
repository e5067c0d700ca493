# Compiles, links and runs a consumer with the flags that PKG_CONFIG gives for COMPONENT in PREFIX.
cmake_minimum_required(VERSION 3.21)
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)

set(ENV{PKG_CONFIG_PATH} ${PREFIX}/lib/pkgconfig)
set(ENV{LD_LIBRARY_PATH} ${PREFIX}/lib)
string(REPLACE "-liveblocks" "" module liveblocks-${COMPONENT})
run(${PKG_CONFIG} --cflags --libs ${module})
separate_arguments(flags UNIX_COMMAND "${FLAGS} ${output}")
file(MAKE_DIRECTORY ${WORK})
run(${CXX} -std=c++17 ${CMAKE_CURRENT_LIST_DIR}/consumer/use_${COMPONENT}.cpp -o ${WORK}/program ${flags})
run(${WORK}/program)
