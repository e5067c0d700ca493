/// @file
/// An auth endpoint and a guard for Pistache; written for and tested with 0.0.5. Header-only, Linux.
/// https://github.com/pistacheio/pistache
#pragma once

#include <liveblocks/adapters/front_options.hpp>
#include <liveblocks/adapters/pistache_connection.hpp>
#include <liveblocks/adapters/pistache_threads.hpp>
#include <liveblocks/adapters/request_states.hpp>

#include <pistache/endpoint.h>
#include <pistache/http.h>
#include <pistache/peer.h>
#include <pistache/transport.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {

/// `Endpoint::options()` with which Pistache leaves the time limits to the front.
inline Pistache::Http::Endpoint::Options pistacheOptions() {
  return Pistache::Http::Endpoint::options().keepaliveTimeout(std::chrono::hours(24));
}

/// Stands in front of the handler of an application, such as `Rest::Router::handler()`: pass it to
/// `Endpoint::setHandler()`. It reads each request itself, strictly and within limits, calls the guard before the body
/// is read, serves the endpoint, and gives the handler only complete requests, one after the other on a connection.
///
/// Nothing blocks: calls of the endpoint and of the guard are asynchronous, so that their transport must be, too. A
/// client that goes away cancels them. Initialize the endpoint with `pistacheOptions()`.
class PistacheFront : public Pistache::Http::Handler {
 public:
  /// Takes the handler of the application.
  explicit PistacheFront(std::shared_ptr<Pistache::Http::Handler> handler, const FrontOptions& options = {})
      : PistacheFront(std::move(handler), std::make_shared<detail::PistacheThreads>(options)) {}

  /// Guards every request, including those for the endpoint. Call it before the server starts.
  void setGuard(const clerk::RouteGuard& guard) { threads_->rules().guard.emplace(guard); }

  /// Serves every method at `path`, with any query. Call it before the server starts.
  void addRoute(std::string path, const AuthEndpoint& endpoint) {
    threads_->rules().endpoints.insert_or_assign(std::move(path), endpoint);
  }

  /// Accepts no more requests, and waits until all connections have ended: requests that were received get their
  /// response before. To be called before `Endpoint::shutdown()`, on another thread than those of Pistache.
  void stop() { threads_->stop(); }

  /// A front for another thread, which Pistache makes.
  std::shared_ptr<Pistache::Tcp::Handler> clone() const override {
    auto handler = std::static_pointer_cast<Pistache::Http::Handler>(handler_->clone());
    std::shared_ptr<PistacheFront> front(new PistacheFront(std::move(handler), threads_));
    front->setMaxRequestSize(getMaxRequestSize());
    front->setMaxResponseSize(getMaxResponseSize());
    return front;
  }

  /// Passes a request on to the handler of the application.
  void onRequest(const Pistache::Http::Request& request, Pistache::Http::ResponseWriter response) override {
    handler_->onRequest(request, std::move(response));
  }

  /// Called by Pistache.
  void onDisconnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override {
    if (thread_) thread_->leave(peer->getID());
    handler_->onDisconnection(peer);
  }

 private:
  using Peer = std::shared_ptr<Pistache::Tcp::Peer>;

  PistacheFront(std::shared_ptr<Pistache::Http::Handler> handler, std::shared_ptr<detail::PistacheThreads> threads)
      : handler_(std::move(handler)), threads_(std::move(threads)) {}

  void onConnection(const Peer& peer) override {
    // Pistache closes peers that have no parser, or that it does not believe to be idle.
    peer->putData(ParserData, std::make_shared<Pistache::Http::RequestParser>(1));
    peer->setIdle(true);
    if (isMailbox_) return;
    if (!thread_) begin();
    thread_->enter(peer);
  }

  void onInput(const char* buffer, std::size_t size, const Peer& peer) override {
    thread_->receive(peer->getID(), {buffer, size});
  }

  /// The first connection of this thread.
  void begin() {
    thread_ = threads_->makeThread(
        [this](const Peer& peer, auto& request, auto ticket) { dispatch(peer, request, std::move(ticket)); },
        [this] { transport()->flush(); });
    const auto mailbox = Pistache::Tcp::Peer::Create(thread_->descriptor(), Pistache::Address());
    isMailbox_ = true;
    transport()->handleNewPeer(mailbox);
    isMailbox_ = false;
    thread_->setMailbox(mailbox);
  }

  void dispatch(const Peer& peer, Pistache::Http::Request& request, std::shared_ptr<detail::PistacheTicket> ticket) {
    request.copyAddress(peer->address());
    Pistache::Http::ResponseWriter response(Pistache::Http::Version::Http11, transport(), this, peer);
    response.headers().add(std::move(ticket));
    onRequest(request, std::move(response));
    // Later the descriptor might belong to another connection.
    transport()->flush();
  }

  std::shared_ptr<Pistache::Http::Handler> handler_;
  std::shared_ptr<detail::PistacheThreads> threads_;
  std::shared_ptr<detail::PistacheConnections> thread_;
  bool isMailbox_ = false;
};

/// Returns what the guard of the front has found out about a request that it has let pass, until the response is
/// complete. Throws `std::logic_error` if no guard was called for the request. Thread-safe.
inline clerk::RequestState guardState(const Pistache::Http::Request& request) {
  const auto key = request.headers().tryGetRaw(detail::RequestStates::header());
  const auto state = key ? detail::RequestStates::find(key->value()) : std::nullopt;
  if (!state) throw std::logic_error("no guard was called for this request");
  return *state;
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
