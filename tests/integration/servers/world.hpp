/// A server of the suite, and all that surrounds it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <liveblocks/http/loop_thread.hpp>
#include <liveblocks/http/stoppable_transport.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

#include "gate.hpp"
#include "loopback_server.hpp"
#include "raw_client.hpp"
#include "reply.hpp"
#include "server.hpp"

namespace liveblocks_tests {

/// Begins with a running server. Its endpoint grants every room to those who are signed in, except:
///
/// - `slow...`: Liveblocks does not respond before the gate is open;
/// - `fails`: `decide` throws an exception that says `private`.
class World {
 public:
  static constexpr std::size_t maxBody = 1000;

  /// Where the guard has its keys from. It fetches them for the first request, and waits for the gate before.
  enum class Keys { pem, fetched };

  explicit World(Keys keys = Keys::pem);
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World();

  Server& server() { return *server_; }
  /// What Liveblocks waits for before it responds for a slow room, and Clerk before it sends keys.
  Gate& gate() { return gate_; }
  /// Ends all calls to Liveblocks.
  void stopCalls() { transport_->stop(); }

  RawClient connect() const { return RawClient(server_->port()); }
  /// The response to a request on a connection of its own.
  Reply replyTo(const std::string& request) const;
  /// The responses on a connection on which these bytes are sent, until the server ends it.
  std::vector<Reply> repliesTo(const std::string& bytes) const;

  /// A request of the user `ada`, or of nobody: the header lines end with line ends.
  static std::string request(const std::string& method, const std::string& target, const std::string& headers = "",
                             const std::string& body = "");
  static std::string post(const std::string& room, const std::string& headers = "");
  static std::string signedIn();
  static std::string token();
  static const liveblocks::testing::ClerkIssuer& clerk();

  /// What the endpoint saw of each request that it asked to identify: `POST /target`, a line for each header, and the
  /// body.
  std::vector<std::string> seen() const;

 private:
  Application makeApplication(Keys keys);
  liveblocks::clerk::RouteGuard makeGuard(Keys keys) const;
  liveblocks::Identify identify();
  void respondAsLiveblocks(Connection& connection, const ReceivedRequest& request);

  Gate gate_;
  std::filesystem::path folder_;
  mutable std::mutex mutex_;
  std::vector<std::string> seen_;
  LoopbackServer liveblocks_;
  liveblocks::http::LoopThread thread_;
  std::shared_ptr<liveblocks::http::StoppableTransport> transport_;
  std::unique_ptr<Server> server_;
};

}  // namespace liveblocks_tests
