/// A route that receives webhooks. Depends only on the library and cpp-httplib.
#pragma once

#include <httplib.h>

#include <functional>
#include <string>
#include <vector>

#include <liveblocks/webhooks/verifier.hpp>

namespace webhooks_example {

/// Handles a verified event and returns a line for the log, which may contain text of the event. It should be fast: put
/// long work into a queue.
using Handler = std::function<liveblocks::Result<std::string>(const liveblocks::webhooks::Message& message)>;

/// @{
liveblocks::Result<std::string> handleLiveblocks(const liveblocks::webhooks::Message& message);
liveblocks::Result<std::string> handleClerk(const liveblocks::webhooks::Message& message);
/// @}

/// A vendor that may send webhooks.
struct Sender {
  /// For the log.
  std::string name;
  /// Several during a rotation.
  std::vector<liveblocks::Secret> secrets;
  Handler handler;
};

/// Adds `POST path` for all senders, and rejects all other bodies. The secret that signed an event tells who sent it.
/// Throws `std::invalid_argument` for an invalid secret.
void addWebhooks(httplib::Server& server, const std::string& path, const std::vector<Sender>& senders);

}  // namespace webhooks_example
