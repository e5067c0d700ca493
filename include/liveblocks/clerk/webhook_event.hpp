/// @file
/// The events of Clerk webhooks. https://clerk.com/docs/guides/development/webhooks/overview
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

/// An event of a Clerk webhook. Clerk has many types of events and adds new ones, so the data stays JSON.
struct WebhookEvent {
  /// The type, such as `user.created`.
  std::string type;
  /// The object that the event is about, with the members that Clerk's Backend API documents.
  Json data;
  /// `event_attributes`, such as the address and user agent of the client; null when there are none.
  Json eventAttributes;
  /// The time of the event, to the millisecond.
  std::optional<std::chrono::system_clock::time_point> timestamp;
  /// `instance_id`, `ins_...`: the Clerk instance that sent the event.
  std::optional<std::string> instanceId;
};

/// Parses the body of a verified message.
///
/// `type` must be a string and `data` an object; the others may be null or absent. Other members are ignored.
/// `Errc::badWebhookJson` when the body is not a strict JSON object (RFC 8259, no member twice, nesting up to
/// `Json::maxDepth`), `Errc::badWebhookEvent`, with the name of the member, when it is not an event.
LIVEBLOCKS_EXPORT Result<WebhookEvent> readWebhookEvent(const webhooks::Message& message);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
