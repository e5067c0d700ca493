# What LIVEBLOCKS_HARDENING adds to everything that this tree builds. Nothing of it is passed on to those who link the libraries.
# Flags that the compiler or the processor does not have are left out.
include(CheckCXXCompilerFlag)
include(CheckCXXSourceCompiles)
include(CheckPIESupported)

# liveblocks_add_flag(<flag>)
function(liveblocks_add_flag flag)
  string(MAKE_C_IDENTIFIER "LIVEBLOCKS_HAS${flag}" has_flag)
  check_cxx_compiler_flag(${flag} ${has_flag})
  if(${has_flag})
    add_compile_options(${flag})
  endif()
endfunction()

liveblocks_add_flag(-fstack-protector-strong)
liveblocks_add_flag(-fstack-clash-protection)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|i.86)$")
  liveblocks_add_flag(-fcf-protection=full)
endif()
liveblocks_add_flag(-ftrivial-auto-var-init=zero)

# The C library warns where nothing is optimized, and checks less with older compilers.
set(CMAKE_REQUIRED_FLAGS "-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
check_cxx_source_compiles(
  "#include <cstdio>
#if !defined __USE_FORTIFY_LEVEL || __USE_FORTIFY_LEVEL < 3
#error
#endif
int main() {}"
  LIVEBLOCKS_HAS_FORTIFY_3)
unset(CMAKE_REQUIRED_FLAGS)
if(LIVEBLOCKS_HAS_FORTIFY_3)
  set(fortify_level 3)
else()
  set(fortify_level 2)
endif()
# In one piece, so that it is not taken for a flag that is there already.
add_compile_options("SHELL:$<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=${fortify_level}>")
add_compile_definitions(_GLIBCXX_ASSERTIONS)

if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  add_link_options(-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
endif()
check_pie_supported()
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
