/// The two doors of the application: a server on an Asio context, and calls on a `LoopThread`.
#pragma once

#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <string>
#include <thread>

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/http/loop_thread.hpp>

#include "application.hpp"
#include "beast_server/server.hpp"
#include "door.hpp"
#include "exchanges.hpp"
#include "keys.hpp"
#include "ledger.hpp"
#include "options.hpp"

namespace soak {

/// The server of examples/beast_server on its own thread.
class ServerDoor {
 public:
  ServerDoor(const std::string& upstreamUrl, const KeyRing& keys, Exchanges& exchanges, Ledger& ledger,
             const Options& options);
  ServerDoor(const ServerDoor&) = delete;
  ServerDoor& operator=(const ServerDoor&) = delete;
  /// Waits until all calls have ended.
  ~ServerDoor();

  int port() const { return port_; }
  Door& door() { return door_; }
  WebhookBook& book() { return book_; }
  const liveblocks::testing::WebhookSigner& signer() const { return application_->signer(); }

 private:
  Door door_;
  WebhookBook book_;
  boost::asio::io_context context_{1};
  std::optional<Application> application_;
  std::optional<beast_server::Server> server_;
  int port_ = 0;
  std::thread thread_;
};

class LoopDoor {
 public:
  LoopDoor(const std::string& upstreamUrl, const KeyRing& keys, Exchanges& exchanges, Ledger& ledger,
           const Options& options);

  Door& door() { return door_; }
  const liveblocks::AuthEndpoint& endpoint() const { return *endpoint_; }

 private:
  Door door_;
  std::optional<liveblocks::AuthEndpoint> endpoint_;
  /// Destroyed first: calls in flight end then.
  liveblocks::http::LoopThread thread_;
};

}  // namespace soak
