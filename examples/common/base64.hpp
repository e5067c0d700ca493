/// Decoding of base64 (RFC 4648 sections 4 and 5).
#pragma once

#include <string>
#include <string_view>

namespace examples {

/// Decodes either alphabet, up to the first character that is in neither.
std::string decodedBase64(std::string_view text);

}  // namespace examples
