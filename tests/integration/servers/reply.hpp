/// A response as it came over the wire.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace liveblocks_tests {

struct Reply {
  /// Reads a head and what follows it. Throws `std::runtime_error` if the text is something else.
  static Reply parse(const std::string& text);

  /// The values of all headers of that name, in any case, in their order.
  std::vector<std::string> all(std::string_view name) const;
  /// The value of the only header of that name; empty if there is none. Throws `std::runtime_error` if there are more.
  std::string header(std::string_view name) const;

  /// 0: the connection ended without a response.
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
};

}  // namespace liveblocks_tests
