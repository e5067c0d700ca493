/// The body of every error response that this library makes itself: `{"error":"<class>","reason":"<text>"}`.
///
/// It is the shape that a Liveblocks client understands which calls an endpoint through a function. So a guard in front
/// of an endpoint uses it as well: after the class `forbidden` the client stops permanently, after any other it tries
/// again.
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

#include "core/json_writer.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

/// `error` is one word, `reason` is for people. What is malformed UTF-8 in it becomes U+FFFD.
inline std::string problemBody(std::string_view error, std::string_view reason) {
  json::ObjectWriter object;
  object.addString("error", error);
  object.addString("reason", utf8::decode(reason));
  return object.finish();
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
