# Fails when a library among LIBRARIES, a glob expression, refers to what a guest in somebody else's process keeps its
# hands off: the standard streams, signals (except the mask of its own thread), the environment, the end of the
# process. NM.
cmake_minimum_required(VERSION 3.21)
include(${CMAKE_CURRENT_LIST_DIR}/common.cmake)

set(output_of_its_own "v?printf|v?fprintf|puts|putchar|fputs|fputc|fwrite|perror|write|stdout|stderr|stdin|syslog")
set(iostreams "std::(cout|cerr|clog|cin)|std::ios_base::Init::Init\\(\\)")
set(process "abort|_?exit|_Exit|quick_exit|atexit|system|popen|fork|vfork|exec[lv]p?e?|kill|raise")
set(signals "signal|sigaction|sigprocmask|pthread_kill|alarm|setitimer")
set(environment "setenv|putenv|unsetenv|setlocale|chdir|umask|srand|rand")
set(others "curl_global_cleanup|OPENSSL_init_crypto|OPENSSL_cleanup|ERR_clear_error|dlopen")
set(forbidden "^(${output_of_its_own}|${iostreams}|${process}|${signals}|${environment}|${others}) [Uw]")

file(GLOB libraries ${LIBRARIES})
foreach(library IN LISTS libraries)
  run(${NM} --undefined-only --demangle --format=posix ${library})
  string(REPLACE ";" ":" output "${output}")
  string(REPLACE "\n" ";" symbols "${output}")
  list(FILTER symbols INCLUDE REGEX "${forbidden}")
  if(symbols)
    message(SEND_ERROR "${library} refers to ${symbols}")
  endif()
endforeach()
