/// @file
/// The responses that the adapters of web servers make themselves. Header-only.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {

/// An error response in the form of the endpoint's and the guard's: `{"error":"<error>","reason":"<reason>"}`, not to
/// be stored. Both are texts of the program that need no escapes in JSON; never pass anything that was received.
inline http::Response errorResponse(int status, std::string_view error, std::string_view reason) {
  std::string body = R"({"error":")";
  body.append(error).append(R"(","reason":")").append(reason).append(R"("})");
  return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, std::move(body)};
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
