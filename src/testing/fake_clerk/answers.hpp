/// Answers in the form of Clerk's APIs.
#pragma once

#include <string>

#include <liveblocks/core/json.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
/// 200.
http::Response found(const Json& resource);

/// `{"errors": [{"code": ..., "message": ..., "long_message": ..., "meta": {}}], "clerk_trace_id": ...}`
http::Response refused(int status, const std::string& code, const std::string& message);

/// 404.
http::Response notFound();

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
