/// Routes that take webhooks.
#pragma once

#include <httplib.h>

#include <functional>
#include <string>
#include <vector>

#include <liveblocks/webhooks/verifier.hpp>

namespace webhooks_example {

/// What is done with a verified event. Returns a line for the log. It should take a moment at most: hand long work
/// over.
using Handler = std::function<liveblocks::Result<std::string>(const liveblocks::webhooks::Message& message)>;

/// @{
liveblocks::Result<std::string> handleLiveblocks(const liveblocks::webhooks::Message& message);
liveblocks::Result<std::string> handleClerk(const liveblocks::webhooks::Message& message);
/// @}

/// Adds `POST path`. Throws `std::invalid_argument` for a secret that cannot be one.
void addWebhook(httplib::Server& server, const std::string& path, const std::vector<liveblocks::Secret>& secrets,
                const Handler& handler);

}  // namespace webhooks_example
