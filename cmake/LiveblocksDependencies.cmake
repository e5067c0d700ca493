# The third parties of the library. A parent project may have them as targets of its own, which are taken as they are.
# Tests, examples and benchmarks find their own.

# liveblocks_need(<target> <argument of find_package>...)
macro(liveblocks_need target)
  if(NOT TARGET ${target})
    find_package(${ARGN} REQUIRED)
  endif()
endmacro()

liveblocks_need(Threads::Threads Threads)
liveblocks_need(OpenSSL::Crypto OpenSSL 3.0 COMPONENTS Crypto)
liveblocks_need(nlohmann_json::nlohmann_json nlohmann_json 3.10.5)
if(LIVEBLOCKS_CURL)
  liveblocks_need(CURL::libcurl CURL 7.80)
endif()
