// Lines of input that may be of any length, of which no more than a limit is kept.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

namespace json_lines {

enum class LineRead {
  whole,
  tooLong,  ///< It was read to its end, and what stands in `line` is the beginning.
  none,     ///< The input is at its end.
};

/// Reads up to the next line feed, or to the end of the input if something stands before it.
LineRead readLine(std::istream& input, std::string& line, std::size_t limit);

}  // namespace json_lines
