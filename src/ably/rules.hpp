/// The rules of Ably for names, and errors with the code of Ably.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/core/error.hpp>
#include <liveblocks/core/version.hpp>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably::detail {

/// https://ably.com/docs/platform/errors/codes
enum class AblyCode { badRequest = 40000, badParameter = 40003, badClientId = 40012, badJwt = 40144 };

inline Error ablyError(AblyCode code, std::string problem) {
  return {Errc::invalidRequest, std::move(problem) + " (Ably " + std::to_string(static_cast<int>(code)) + ")"};
}

/// Why a string is not a valid name; null if it is valid.
inline const char* problemOfName(std::string_view text) noexcept {
  if (text.empty()) return "is empty";
  if (std::any_of(text.begin(), text.end(), ascii::isControl)) return "contains a control character";
  return utf8::isValid(text) ? nullptr : "is malformed UTF-8";
}

}  // namespace ably::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
