/// Base64 of what others have written (RFC 4648 sections 4 and 5).
#pragma once

#include <string>
#include <string_view>

namespace examples {

/// Bytes of base64 in either alphabet, up to the first character of neither.
std::string decodedBase64(std::string_view text);

}  // namespace examples
