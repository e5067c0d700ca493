# Units: sources that are compiled together, because compilers spend most of their time on headers that all of them include.

# Sources that open a namespace.
set(unit_namespace "^namespace [a-z_:]+ {")
# Sources that get a unit of their own: those of Asio, which comes from Boost or alone, and of coroutines, which not every standard
# has; those that define functions of C or operator new, which are the same in every namespace; and those that define the server of a
# suite.
set(unit_alone "^#include .*(asio|beast|coroutine)|^extern \"C\"|^void[*] operator new|^std::unique_ptr<Server> startServer")

# Sets <result> to the lines by which the source includes others; those beside it get their whole path.
function(includes_of result source)
  cmake_path(GET source PARENT_PATH folder)
  file(STRINGS "${source}" lines REGEX "^#include ")
  foreach(line IN LISTS lines)
    if(line MATCHES "\"(.*)\"")
      set(header "${CMAKE_MATCH_1}")
      if(EXISTS "${folder}/${header}")
        set(line "#include \"${folder}/${header}\"")
      endif()
    endif()
    list(APPEND includes "${line}")
  endforeach()
  set(${result} "${includes}" PARENT_SCOPE)
endfunction()

# Sets <result> to the text of a unit. Tests and programs repeat each other's names at global scope, so each gets a namespace of its
# own, after everything that they include. This does not work for sources with a line that matches <outside>, such as those of the
# library, which open a namespace: what is private to one of them needs a name that is unique in its folder.
function(unit_text result outside)
  foreach(source IN LISTS ARGN)
    file(STRINGS "${source}" stays_outside REGEX "${outside}")
    if(stays_outside)
      string(APPEND body "#include \"${source}\"  // NOLINT\n")
      continue()
    endif()
    includes_of(includes "${source}")
    list(APPEND header ${includes})
    math(EXPR number "${number} + 1")
    string(APPEND body "namespace source_${number} {\n#include \"${source}\"  // NOLINT\n}\n")
  endforeach()
  list(REMOVE_DUPLICATES header)
  list(JOIN header "\n" header)
  set(${result} "${header}\n${body}" PARENT_SCOPE)
endfunction()

# Sets <result> to what a program of tests is made of: units of some of these sources, and the sources that cannot share one.
function(test_units result name)
  set(per_unit 6)
  set(parts)
  set(sharing)
  set(outside "${unit_namespace}|${unit_alone}|^int main|operator new|^#if")
  foreach(source IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH source)
    file(STRINGS "${source}" is_alone REGEX "${outside}")
    if(is_alone)
      list(APPEND parts "${source}")
    else()
      list(APPEND sharing "${source}")
    endif()
  endforeach()
  while(sharing)
    list(SUBLIST sharing 0 ${per_unit} sources)
    list(REMOVE_ITEM sharing ${sources})
    list(LENGTH parts index)
    set(unit "${CMAKE_CURRENT_BINARY_DIR}/${name}_units/${index}.cpp")
    unit_text(text "${outside}" ${sources})
    file(CONFIGURE OUTPUT "${unit}" CONTENT "${text}" @ONLY)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources})
    list(APPEND parts "${unit}")
  endwhile()
  set(${result} ${parts} PARENT_SCOPE)
endfunction()
