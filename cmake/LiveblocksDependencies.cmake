# The third parties of the library. Tests, examples and benchmarks find their own.
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)
find_package(nlohmann_json 3.11 REQUIRED)
if(LIVEBLOCKS_CURL)
  find_package(CURL 7.80 REQUIRED)
endif()
