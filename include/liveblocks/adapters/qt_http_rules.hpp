/// @file
/// What the connections of the adapter of Qt HttpServer have in common. Header-only.
#pragma once

#include <QtCore/qbytearray.h>
#include <QtCore/qobject.h>
#include <QtCore/qrandom.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/clerk/route_guard.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {

/// Limits of a `QtHttpFront`.
struct QtHttpOptions {
  /// The size limit of the head of a request, in bytes; a larger one gets a 431. The cookies of a Clerk application may
  /// exceed 8 KiB.
  std::size_t maxHead = std::size_t{64} << 10;
  /// The size limit of the body of a request for the server, in bytes; a larger one gets a 413. That of the endpoint is
  /// `AuthEndpoint::maxBody()`.
  std::size_t maxBody = std::size_t{1} << 20;
  /// How many bytes of a body that is refused are read and discarded, so that its sender receives the response.
  std::size_t maxDrain = std::size_t{32} << 20;
  /// The time from the beginning of a connection, or from the last response, to the end of a head.
  std::chrono::milliseconds headTimeout{15000};
  /// The time for a body to arrive, and the pause after which a client no longer reads a response.
  std::chrono::milliseconds bodyTimeout{5000};
};

namespace detail {

/// Runs functions on the thread of an object, and none after its destruction. Thread-safe.
class QtMailbox {
 public:
  explicit QtMailbox(QObject* owner) : owner_(owner) {}

  void post(std::function<void()> function) {
    const std::lock_guard lock(mutex_);
    if (owner_ != nullptr) QMetaObject::invokeMethod(owner_, std::move(function), Qt::QueuedConnection);
  }

  void close() {
    const std::lock_guard lock(mutex_);
    owner_ = nullptr;
  }

 private:
  std::mutex mutex_;
  QObject* owner_;
};

/// The states of the requests that a server is handling, by keys that nobody can guess. Thread-safe.
class QtStates {
 public:
  /// The header with the key. One that a client has sent never reaches the server.
  static const char* header() { return "liveblocks-request"; }

  static QByteArray add(const clerk::RequestState& state) {
    QByteArray key;
    for (int i = 0; i < 2; ++i) key += QByteArray::number(QRandomGenerator::system()->generate64(), 16) + '-';
    QtStates& all = instance();
    const std::lock_guard lock(all.mutex_);
    all.states_.emplace(key, state);
    return key;
  }

  static std::optional<clerk::RequestState> find(const QByteArray& key) {
    QtStates& all = instance();
    const std::lock_guard lock(all.mutex_);
    const auto found = all.states_.find(key);
    return found == all.states_.end() ? std::nullopt : std::optional(found->second);
  }

  static void remove(const QByteArray& key) {
    QtStates& all = instance();
    const std::lock_guard lock(all.mutex_);
    all.states_.erase(key);
  }

 private:
  static QtStates& instance() {
    static QtStates states;
    return states;
  }

  std::mutex mutex_;
  std::map<QByteArray, clerk::RequestState> states_;
};

/// What each connection needs of its front.
struct QtRules {
  QtHttpOptions options;
  std::optional<clerk::RouteGuard> guard;
  std::map<std::string, AuthEndpoint, std::less<>> endpoints;
  std::shared_ptr<QtMailbox> mailbox;
  bool isStopping = false;
};

}  // namespace detail
}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
