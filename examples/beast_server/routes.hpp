/// What the server responds: tokens for Liveblocks and Ably, webhooks, and pages behind a guard.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <liveblocks/sdk.hpp>

namespace beast_server {

/// The accounts of the application. What is empty is not offered, except for the first two.
struct Config {
  liveblocks::LiveblocksOptions liveblocks;
  liveblocks::clerk::ClientOptions clerk;
  liveblocks::Secret ablyKey;
  liveblocks::Secret webhookSecret;
};

/// For one thread, which it never blocks.
class Routes {
 public:
  using Respond = liveblocks::Callback<liveblocks::http::Response>;

  /// Throws `std::invalid_argument` for an invalid option.
  Routes(const Config& config, const std::shared_ptr<liveblocks::http::Transport>& transport);

  /// The size limit of a body, in bytes; 0 where none is expected.
  std::size_t maxBody(std::string_view target) const;

  void handle(liveblocks::http::ReceivedRequest request, Respond respond) const;

 private:
  struct Services;
  std::shared_ptr<const Services> services_;
};

}  // namespace beast_server
