/// Exchanges over loops of other libraries.
#pragma once

#include <liveblocks/http/transport.hpp>

#include <chrono>
#include <string>

#include "catch.hpp"
#include "loopback_server.hpp"

namespace liveblocks_tests {

inline void respondOk(Connection& connection, const ReceivedRequest&) { connection.respond(200, "ok"); }

inline void startGet(liveblocks::http::Transport& transport, const std::string& url,
                     liveblocks::http::Transport::Completion done,
                     const liveblocks::CancellationToken& cancellation = {}) {
  liveblocks::http::Request request{"GET", url, {}, {}};
  liveblocks::http::Call call{std::chrono::steady_clock::now() + std::chrono::seconds(30)};
  call.cancellation = cancellation;
  REQUIRE(transport.start(request, call, done));
}

}  // namespace liveblocks_tests
