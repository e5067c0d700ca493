# Sources are compiled once, into object libraries; the libraries and the tests of private code are made of them.

# liveblocks_objects(<name> <source>...): position-independent objects with hidden symbols.
function(liveblocks_objects name)
  add_library(${name} OBJECT ${ARGN})
  target_compile_features(${name} PUBLIC cxx_std_17)
  target_include_directories(
    ${name}
    PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    PRIVATE ${PROJECT_SOURCE_DIR}/src)
  set_target_properties(
    ${name}
    PROPERTIES POSITION_INDEPENDENT_CODE ON
               CXX_VISIBILITY_PRESET hidden
               VISIBILITY_INLINES_HIDDEN ON
               CXX_EXTENSIONS OFF)
  target_compile_options(${name} PRIVATE $<$<CXX_COMPILER_ID:MSVC>:/utf-8>)
endfunction()

# liveblocks_library(<name> OBJECTS <object library> OUTPUT <file name> EXPORT <exported target> [LINK <public target>...]):
# the library people link, static or shared by BUILD_SHARED_LIBS. The objects' private libraries are not passed on to
# users of a shared library; of a static one only those in cmake/liveblocksConfig.cmake.in are.
function(liveblocks_library name)
  cmake_parse_arguments(ARG "" "OBJECTS;OUTPUT;EXPORT" "LINK;PRIVATE_LINK" ${ARGN})
  add_library(${name} $<TARGET_OBJECTS:${ARG_OBJECTS}>)
  add_library(liveblocks::${ARG_EXPORT} ALIAS ${name})
  target_compile_features(${name} PUBLIC cxx_std_17)
  target_include_directories(${name} INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                                               $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(${name} PUBLIC ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
  set_target_properties(
    ${name}
    PROPERTIES OUTPUT_NAME ${ARG_OUTPUT}
               EXPORT_NAME ${ARG_EXPORT}
               LINKER_LANGUAGE CXX
               VERSION ${PROJECT_VERSION}
               SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
               WINDOWS_EXPORT_ALL_SYMBOLS ON)
  if(NOT DEFINED CMAKE_INSTALL_RPATH)
    # The libraries find one another wherever the prefix is moved.
    set(origin $<IF:$<PLATFORM_ID:Darwin>,@loader_path,$ORIGIN>)
    set_target_properties(${name} PROPERTIES INSTALL_RPATH ${origin})
  endif()
  if(BUILD_SHARED_LIBS AND CMAKE_SYSTEM_NAME STREQUAL "Linux")
    set(script ${PROJECT_SOURCE_DIR}/cmake/exports.map)
    target_link_options(${name} PRIVATE -Wl,--version-script=${script} -Wl,--no-undefined)
    set_target_properties(${name} PROPERTIES LINK_DEPENDS ${script})
  endif()
endfunction()
