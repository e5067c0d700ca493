# Fails unless every file among FILES, a glob expression, is hardened, and unless the package in PREFIX, if there is one, is silent
# about that: those who link the libraries choose for themselves. READELF.
cmake_minimum_required(VERSION 3.21)
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/elf.cmake)

file(GLOB files ${FILES})
if(NOT files)
  message(SEND_ERROR "There is no ${FILES}")
endif()
foreach(file IN LISTS files)
  check_elf(${file})
endforeach()

set(texts)
if(PREFIX)
  file(GLOB_RECURSE texts ${PREFIX}/*.cmake ${PREFIX}/*.pc)
endif()
foreach(text IN LISTS texts)
  file(READ ${text} content)
  if(content MATCHES "FORTIFY|GLIBCXX_ASSERTIONS|-fstack|-fcf|auto-var-init|-z,(now|relro)|POSITION_INDEPENDENT")
    message(SEND_ERROR "${text} passes on ${CMAKE_MATCH_0}")
  endif()
endforeach()
