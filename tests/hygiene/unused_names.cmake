# A using-declaration or an alias of a namespace that its source never uses is removed. clang-tidy looks for these only in the
# file that it is given, and ./dev lint gives it several sources as one file.
cmake_minimum_required(VERSION 3.21)

set(using "\n *using [A-Za-z0-9_:]+::([A-Za-z0-9_]+)~")
set(alias "\n *namespace ([A-Za-z0-9_]+) = [A-Za-z0-9_:]+~")

file(GLOB_RECURSE sources ${SOURCE}/src/*.cpp ${SOURCE}/tests/*.cpp ${SOURCE}/examples/*.cpp ${SOURCE}/tools/*.cpp
     ${SOURCE}/bench/*.cpp)
list(FILTER sources EXCLUDE REGEX "/(node_modules|build)/")
foreach(source IN LISTS sources)
  file(READ ${source} text)
  # CMake would take these characters for its lists.
  string(REPLACE ";" "~" text "${text}")
  string(REGEX REPLACE "[][]" " " text "${text}")
  foreach(declaration IN ITEMS "${using}" "${alias}")
    string(REGEX MATCHALL "${declaration}" found "${text}")
    foreach(one IN LISTS found)
      string(REGEX REPLACE "${declaration}" "\\1" name "${one}")
      string(REGEX MATCHALL "[^A-Za-z0-9_]${name}[^A-Za-z0-9_]" mentions "${text}")
      list(LENGTH mentions count)
      if(count LESS 2)
        message(SEND_ERROR "${source}: declares '${name}' and does not use it")
      endif()
    endforeach()
  endforeach()
endforeach()
