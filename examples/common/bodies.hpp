/// Bodies that a handler of cpp-httplib reads.
#pragma once

#include <httplib.h>

#include <cstddef>
#include <optional>
#include <string>

namespace examples {

/// Returns the unchanged body. Responds with 411, 413, 415 or 408 and returns nullopt if it has no length, is larger
/// than `limit`, is encoded, or is not complete within 5 s.
std::optional<std::string> readBody(const httplib::Request& request, httplib::Response& response,
                                    const httplib::ContentReader& read, std::size_t limit);

}  // namespace examples
