/// A route that takes webhooks.
#pragma once

#include <httplib.h>

#include <functional>
#include <string>
#include <vector>

#include <liveblocks/webhooks/verifier.hpp>

namespace webhooks_example {

/// What is done with a verified event. Returns a line for the log, which may hold what the event holds. It should take
/// a moment at most: hand long work over.
using Handler = std::function<liveblocks::Result<std::string>(const liveblocks::webhooks::Message& message)>;

/// @{
liveblocks::Result<std::string> handleLiveblocks(const liveblocks::webhooks::Message& message);
liveblocks::Result<std::string> handleClerk(const liveblocks::webhooks::Message& message);
/// @}

/// Who may send.
struct Sender {
  /// For the log.
  std::string name;
  /// Several while they are rotated.
  std::vector<liveblocks::Secret> secrets;
  Handler handler;
};

/// Adds `POST path` for all of them, and refuses all other bodies: the secret that signed an event tells who sent it.
/// Throws `std::invalid_argument` for a secret that cannot be one.
void addWebhooks(httplib::Server& server, const std::string& path, const std::vector<Sender>& senders);

}  // namespace webhooks_example
