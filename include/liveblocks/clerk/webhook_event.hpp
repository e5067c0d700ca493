/// @file
/// What Clerk's webhooks tell. https://clerk.com/docs/guides/development/webhooks/overview
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/webhooks/verifier.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// An event of Clerk. Its kinds are many and grow, so what it tells stays JSON.
struct WebhookEvent {
  /// Such as `user.created`.
  std::string type;
  /// The object that the event is about, of which Clerk's Backend API has the members.
  Json data;
  /// `event_attributes`, such as the client's address and agent; null when there are none.
  Json eventAttributes;
  /// When it happened, since 1970 began (UTC).
  std::optional<std::chrono::milliseconds> timestamp;
  /// `instance_id`, `ins_...`: the Clerk instance that it comes from.
  std::optional<std::string> instanceId;
};

/// Reads the body of a verified message.
///
/// `type` must be a text and `data` an object; the others may be null or absent. Other members are let through.
/// `Errc::badJson` when the body is not a strict JSON object (RFC 8259, no member twice, nesting up to
/// `Json::maxDepth`), `Errc::malformed`, with the name of the member, when it is not an event.
LIVEBLOCKS_EXPORT Result<WebhookEvent> readWebhookEvent(const webhooks::Message& message);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
