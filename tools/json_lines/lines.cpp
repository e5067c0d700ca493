#include "json_lines/lines.hpp"

#include <istream>
#include <streambuf>

namespace json_lines {

LineRead readLine(std::istream& input, std::string& line, std::size_t limit) {
  using Traits = std::char_traits<char>;
  std::streambuf& buffer = *input.rdbuf();
  std::size_t length = 0;
  line.clear();
  for (Traits::int_type next = buffer.sbumpc(); next != '\n'; next = buffer.sbumpc()) {
    if (Traits::eq_int_type(next, Traits::eof())) {
      if (length == 0) return LineRead::none;
      break;
    }
    if (++length <= limit) line.push_back(Traits::to_char_type(next));
  }
  return length > limit ? LineRead::tooLong : LineRead::whole;
}

}  // namespace json_lines
