# Installs the libraries as components of one CMake package and as pkg-config modules. Nothing that is installed names
# the build machine, so that a prefix can be moved.
include(CMakePackageConfigHelpers)

set(LIVEBLOCKS_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/liveblocks)
set(LIVEBLOCKS_PKGCONFIG_DIR ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
set(LIVEBLOCKS_COMPONENTS)

# _liveblocks_install_pkgconfig(<module> <library file name> <required module>...)
function(_liveblocks_install_pkgconfig module library)
  list(JOIN ARGN ", " PC_REQUIRES)
  set(PC_NAME ${module})
  set(PC_LIBS "-l${library}")
  if(NOT BUILD_SHARED_LIBS AND CMAKE_THREAD_LIBS_INIT)
    string(APPEND PC_LIBS " ${CMAKE_THREAD_LIBS_INIT}")
  endif()
  file(RELATIVE_PATH PC_PREFIX ${CMAKE_INSTALL_PREFIX}/${LIVEBLOCKS_PKGCONFIG_DIR} ${CMAKE_INSTALL_PREFIX})
  string(REGEX REPLACE "/$" "" PC_PREFIX "${PC_PREFIX}")
  configure_file(${PROJECT_SOURCE_DIR}/cmake/liveblocks.pc.in ${PROJECT_BINARY_DIR}/${module}.pc @ONLY)
  install(
    FILES ${PROJECT_BINARY_DIR}/${module}.pc
    DESTINATION ${LIVEBLOCKS_PKGCONFIG_DIR}
    COMPONENT liveblocks_development)
endfunction()

# liveblocks_install(<component> TARGET <target> MODULE <pkg-config module> [REQUIRES <module>...]
# [STATIC_REQUIRES <module>...]): STATIC_REQUIRES are what a static library leaves to its users to link.
function(liveblocks_install component)
  cmake_parse_arguments(ARG "" "TARGET;MODULE" "REQUIRES;STATIC_REQUIRES" ${ARGN})
  install(
    TARGETS ${ARG_TARGET}
    EXPORT liveblocks_${component}
    RUNTIME COMPONENT liveblocks_runtime
    LIBRARY COMPONENT liveblocks_runtime NAMELINK_COMPONENT liveblocks_development
    ARCHIVE COMPONENT liveblocks_development)
  install(
    EXPORT liveblocks_${component}
    FILE liveblocks-${component}-targets.cmake
    NAMESPACE liveblocks::
    DESTINATION ${LIVEBLOCKS_PACKAGE_DIR}
    COMPONENT liveblocks_development)
  if(BUILD_SHARED_LIBS)
    set(ARG_STATIC_REQUIRES)
  endif()
  get_target_property(library ${ARG_TARGET} OUTPUT_NAME)
  _liveblocks_install_pkgconfig(${ARG_MODULE} ${library} ${ARG_REQUIRES} ${ARG_STATIC_REQUIRES})
  set(LIVEBLOCKS_COMPONENTS ${LIVEBLOCKS_COMPONENTS} ${component} PARENT_SCOPE)
endfunction()

# liveblocks_install_headers(<directory> <install() option>...): the public headers of one directory.
function(liveblocks_install_headers directory)
  install(
    DIRECTORY ${PROJECT_SOURCE_DIR}/include/${directory}/
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/${directory}
    COMPONENT liveblocks_development
    FILES_MATCHING
    PATTERN "*.hpp" ${ARGN})
endfunction()

liveblocks_install(core TARGET liveblocks_core MODULE liveblocks-core STATIC_REQUIRES "libcrypto >= 3.0")
liveblocks_install_headers(liveblocks PATTERN testing EXCLUDE PATTERN curl_transport.hpp EXCLUDE PATTERN
                           loop_thread.hpp EXCLUDE)
if(TARGET liveblocks)
  liveblocks_install(
    liveblocks
    TARGET liveblocks
    MODULE liveblocks
    REQUIRES "liveblocks-core = ${PROJECT_VERSION}"
    STATIC_REQUIRES "libcurl >= 7.80")
  install(
    FILES ${PROJECT_SOURCE_DIR}/include/liveblocks/http/curl_transport.hpp
          ${PROJECT_SOURCE_DIR}/include/liveblocks/http/loop_thread.hpp
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/liveblocks/http
    COMPONENT liveblocks_development)
endif()
if(TARGET liveblocks_testing)
  liveblocks_install(testing TARGET liveblocks_testing MODULE liveblocks-testing
                     REQUIRES "liveblocks-core = ${PROJECT_VERSION}")
  liveblocks_install_headers(liveblocks/testing)
endif()

configure_package_config_file(
  ${PROJECT_SOURCE_DIR}/cmake/liveblocksConfig.cmake.in ${PROJECT_BINARY_DIR}/liveblocksConfig.cmake
  INSTALL_DESTINATION ${LIVEBLOCKS_PACKAGE_DIR}
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/liveblocksConfigVersion.cmake
  VERSION ${PROJECT_VERSION}
  # Before 1.0 a minor release may break.
  COMPATIBILITY SameMinorVersion)
install(
  FILES ${PROJECT_BINARY_DIR}/liveblocksConfig.cmake ${PROJECT_BINARY_DIR}/liveblocksConfigVersion.cmake
  DESTINATION ${LIVEBLOCKS_PACKAGE_DIR}
  COMPONENT liveblocks_development)
install(
  FILES ${PROJECT_SOURCE_DIR}/LICENSE
  DESTINATION ${CMAKE_INSTALL_DOCDIR}
  COMPONENT liveblocks_runtime)
