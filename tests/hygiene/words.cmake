# Words that this project no longer uses, each with the word to use instead. Case does not matter.
cmake_minimum_required(VERSION 3.21)

file(GLOB_RECURSE documents ${SOURCE}/docs/*.md ${SOURCE}/docs/*.dox ${SOURCE}/examples/*.md ${SOURCE}/tools/*.md)
list(APPEND documents ${SOURCE}/README.md ${SOURCE}/CONTRIBUTING.md ${SOURCE}/SECURITY.md)
file(GLOB_RECURSE code ${SOURCE}/include/*.hpp ${SOURCE}/src/*.[ch]pp ${SOURCE}/examples/*.[ch]pp ${SOURCE}/tools/*.[ch]pp)

# Code that also avoids the words of documents: these folders, the scripts of the pages, and the files of the root folders.
set(plain_folders
    bench
    examples
    include/liveblocks/ably
    include/liveblocks/auth_endpoint
    include/liveblocks/clerk
    include/liveblocks/testing
    include/liveblocks/webhooks
    src/ably
    src/auth_endpoint
    src/clerk
    src/core
    src/crypto
    src/http
    src/jwks
    src/jwt
    src/testing
    src/webhooks
    tests/unit/liveblocks
    tests/unit/testing
    tests/unit/webhooks
    tools)
file(
  GLOB
  plain_code
  ${SOURCE}/examples/web/src/*.ts
  ${SOURCE}/examples/*/web/src/*.ts
  ${SOURCE}/include/liveblocks/*.hpp
  ${SOURCE}/src/*.[ch]pp)
foreach(folder IN LISTS plain_folders)
  if(NOT IS_DIRECTORY ${SOURCE}/${folder})
    message(SEND_ERROR "tests/hygiene/words.cmake names ${folder}, which does not exist")
  endif()
  file(GLOB_RECURSE files ${SOURCE}/${folder}/*.[ch]pp)
  list(APPEND plain_code ${files})
endforeach()

# retire(<phrase> USE <text> [IN documents|code]...): a phrase of lower-case words, by default in both kinds of files. It
# is found on one line, between characters other than letters, digits and underscores; `std::floor` is not found.
function(retire phrase)
  cmake_parse_arguments(ARG "" "USE" "IN" ${ARGN})
  if(NOT ARG_IN)
    set(ARG_IN documents code)
  endif()
  foreach(kind IN LISTS ARG_IN)
    list(APPEND retired_in_${kind} "${phrase}")
    set(retired_in_${kind} "${retired_in_${kind}}" PARENT_SCOPE)
  endforeach()
  string(REPLACE " " "_" key "${phrase}")
  set(use_${key} "${ARG_USE}" PARENT_SCOPE)
endfunction()

retire("answer" USE "response, respond" IN documents)
retire("answered" USE "responded" IN documents)
retire("answers" USE "responses, responds" IN documents)
retire("blank" USE "space")
retire("blanks" USE "spaces")
retire("blotted out" USE "redacted")
retire("but for" USE "except, except for" IN documents)
retire("by itself" USE "itself, alone" IN documents)
retire("cannot be had" USE "cannot be fetched")
retire("could not be had" USE "could not be fetched")
retire("counts for nothing" USE "is ignored" IN documents)
retire("floor" USE "layer, baseline" IN documents)
retire("for ever" USE "forever")
retire("for good" USE "permanently" IN documents)
retire("glue" USE "layer, adapter")
retire("ground" USE "core, layer")
retire("hears" USE "receives")
retire("hears of" USE "receives, is called when")
retire("in the making" USE "builder for")
retire("likewise" USE "also, in the same way")
retire("mend" USE "fix" IN documents)
retire("mended" USE "fixed" IN documents)
retire("not looked at" USE "ignored" IN documents)
retire("one's own" USE "custom")
retire("peek" USE "decodeUnverified" IN documents)
retire("peer" USE "server" IN documents)
retire("peers" USE "servers" IN documents)
retire("taken off" USE "removed")
retire("that is none" USE "invalid")
retire("that are none" USE "invalid")
retire("unless told otherwise" USE "by default")
retire("whoever asks" USE "the caller")

# check_words(<kind> <file>...): these files have none of the words that are retired in files of that kind.
function(check_words kind)
  foreach(file IN LISTS ARGN)
    file(READ ${file} text)
    string(TOLOWER " ${text} " text)
    foreach(phrase IN LISTS retired_in_${kind})
      string(FIND "${text}" "${phrase}" position)
      if(NOT position EQUAL -1 AND text MATCHES "[^a-z0-9_:]${phrase}[^a-z0-9_]")
        string(REPLACE " " "_" key "${phrase}")
        message(SEND_ERROR "${file}: write \"${use_${key}}\" instead of \"${phrase}\"")
      endif()
    endforeach()
  endforeach()
endfunction()

check_words(documents ${documents} ${plain_code})
check_words(code ${code})
