# Public headers are ASCII, since compilers guess the encoding of other people's headers differently. Everything else is
# UTF-8 without what editors hide: byte order marks, carriage returns, and characters that have no width or turn the
# direction of the text.
cmake_minimum_required(VERSION 3.21)

file(GLOB_RECURSE headers ${SOURCE}/include/*.hpp)
foreach(header IN LISTS headers)
  file(READ ${header} text)
  if(text MATCHES "[^\n -~]")
    message(SEND_ERROR "${header}: not ASCII: '${CMAKE_MATCH_0}'")
  endif()
endforeach()

# U+200B to U+200F, U+202A to U+202E, U+2066 to U+2069, U+FEFF as UTF-8.
string(ASCII 226 128 hidden_1)
string(ASCII 226 129 hidden_2)
string(ASCII 239 187 191 byte_order_mark)
string(ASCII 139 141 142 143 170 171 172 173 174 range_1)
string(ASCII 166 167 168 169 range_2)
set(hidden "${hidden_1}[${range_1}]|${hidden_2}[${range_2}]|${byte_order_mark}|\r")

foreach(folder include src tests examples bench cmake docs fuzz)
  file(GLOB_RECURSE sources ${SOURCE}/${folder}/*.[ch]pp ${SOURCE}/${folder}/*.cmake ${SOURCE}/${folder}/*.txt
       ${SOURCE}/${folder}/*.md ${SOURCE}/${folder}/*.ts)
  list(FILTER sources EXCLUDE REGEX "/(node_modules|build)/")
  foreach(source IN LISTS sources)
    file(READ ${source} text)
    if(text MATCHES "${hidden}")
      message(SEND_ERROR "${source}: holds a hidden character")
    endif()
  endforeach()
endforeach()
