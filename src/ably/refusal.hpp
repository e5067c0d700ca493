/// Errors that name Ably's code, for which its documentation has a page.
#pragma once

#include <string>
#include <utility>

#include <liveblocks/core/error.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {

/// https://ably.com/docs/platform/errors/codes
enum class AblyCode { badRequest = 40000, badParameter = 40003, badClientId = 40012, badJwt = 40144 };

inline Error refusal(AblyCode code, std::string problem) {
  return {Errc::invalidRequest, std::move(problem) + " (Ably " + std::to_string(static_cast<int>(code)) + ")"};
}

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
