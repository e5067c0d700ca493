/// Bodies that a handler of cpp-httplib reads itself.
#pragma once

#include <httplib.h>

#include <cstddef>
#include <optional>
#include <string>

namespace examples {

/// The bytes as they came. Refuses with 411, 413, 415 or 408, and returns nullopt, what does not tell its length, is
/// larger than `limit`, is encoded in any way, or is not there whole within 5 s.
std::optional<std::string> readBody(const httplib::Request& request, httplib::Response& response,
                                    const httplib::ContentReader& read, std::size_t limit);

}  // namespace examples
