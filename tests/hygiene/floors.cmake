# A file includes only what stands on its own floor or lower; vendors never include each other; third parties stay in
# their rooms (docs/architecture.md).
cmake_minimum_required(VERSION 3.21)

# Which files make up a room, its floor. The first that matches counts.
set(rooms
    "^testing/=testing=4"
    "^sdk\\.hpp=umbrella=4"
    "^(adapters/|auth_endpoint)=glue=3"
    "^ably/=ably=2"
    "^clerk/=clerk=2"
    "^(liveblocks|session|permission|access_token|rooms/|auth_response)=liveblocks=2"
    "^webhooks/liveblocks_=liveblocks=2"
    "^webhooks/clerk_=clerk=2"
    "^webhooks/=webhooks=1"
    "^http/=http=1"
    "^jwt/=jwt=1"
    "^jwks/=jwks=1"
    ".=ground=0")

# find_room(<path>): sets room and floor.
function(find_room path)
  foreach(entry IN LISTS rooms)
    string(REGEX MATCH "^(.*)=(.*)=(.*)$" _ "${entry}")
    set(name ${CMAKE_MATCH_2})
    set(number ${CMAKE_MATCH_3})
    if(path MATCHES "${CMAKE_MATCH_1}")
      set(room ${name} PARENT_SCOPE)
      set(floor ${number} PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# check_ours(<file> <included>): both below include/liveblocks or src.
function(check_ours file included)
  find_room(${included})
  set(included_room ${room})
  set(included_floor ${floor})
  find_room(${file})
  if(included_floor GREATER floor)
    message(SEND_ERROR "${file} (${room}, floor ${floor}) includes ${included} (floor ${included_floor})")
  elseif(floor EQUAL 2 AND NOT room STREQUAL included_room AND included_floor EQUAL 2)
    message(SEND_ERROR "${file} (${room}) includes another vendor's ${included}")
  elseif(included_room STREQUAL "umbrella")
    message(SEND_ERROR "${file} includes the umbrella header")
  endif()
endfunction()

# check_foreign(<file> <included> <public>): a third party's or a standard header.
function(check_foreign file included public)
  if(file MATCHES "^adapters/" OR NOT included MATCHES "[./]")
    return()
  endif()
  set(allowed "^$")
  find_room(${file})
  if(floor LESS 2 OR room STREQUAL "testing")
    string(APPEND allowed "|^openssl/")
  endif()
  # The one that gives nlohmann/json a namespace of ours.
  if(file STREQUAL "json/nlohmann.hpp")
    string(APPEND allowed "|^nlohmann/")
  endif()
  if(file MATCHES "^http/curl")
    string(APPEND allowed "|^curl/")
  endif()
  if(file MATCHES "^testing/transport_check/peer\\.")
    string(APPEND allowed "|^(arpa|netinet|sys)/|^(fcntl|poll|unistd)\\.h$")
  endif()
  if(public OR NOT included MATCHES "${allowed}")
    message(SEND_ERROR "${file} includes <${included}>, a third party that has no place there")
  endif()
endfunction()

foreach(root include/liveblocks src)
  file(GLOB_RECURSE files RELATIVE ${SOURCE}/${root} ${SOURCE}/${root}/*.[ch]pp)
  set(public FALSE)
  if(root STREQUAL "include/liveblocks")
    set(public TRUE)
  endif()
  foreach(file IN LISTS files)
    file(STRINGS ${SOURCE}/${root}/${file} includes REGEX "^ *# *include ")
    foreach(line IN LISTS includes)
      string(REGEX REPLACE "^[^<\"]*[<\"](.*)[>\"].*$" "\\1" included "${line}")
      if(included MATCHES "^liveblocks/(.*)")
        check_ours(${file} ${CMAKE_MATCH_1})
      elseif(line MATCHES "\"")
        check_ours(${file} ${included})
      else()
        check_foreign(${file} ${included} ${public})
      endif()
      if(public AND line MATCHES "\"")
        message(SEND_ERROR "${file} includes \"${included}\" in quotes, as only private headers are")
      endif()
    endforeach()
  endforeach()
endforeach()
