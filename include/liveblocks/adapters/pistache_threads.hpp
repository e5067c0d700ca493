/// @file
/// The connections of each thread of the adapter of Pistache. Header-only.
#pragma once

#include <liveblocks/adapters/front_options.hpp>
#include <liveblocks/adapters/pistache_connection.hpp>
#include <liveblocks/adapters/pistache_mailbox.hpp>

#include <pistache/http.h>
#include <pistache/peer.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

/// The connections of one thread of Pistache. Used and destroyed on that thread only, or when it has ended.
class PistacheConnections {
 public:
  /// Told of one connection more or less.
  using Count = std::function<void(int)>;

  PistacheConnections(const FrontRules& rules, PistacheHandle handle, std::function<void()> flush, Count count)
      : thread_{rules, std::make_shared<PistacheMailbox>(), std::move(handle), std::move(flush)},
        count_(std::move(count)) {}
  PistacheConnections(const PistacheConnections&) = delete;
  PistacheConnections& operator=(const PistacheConnections&) = delete;
  ~PistacheConnections() {
    while (!connections_.empty()) leave(connections_.begin()->first);
  }

  int descriptor() const noexcept { return thread_.mailbox->descriptor(); }
  void setMailbox(std::shared_ptr<Pistache::Tcp::Peer> peer) { mailboxPeer_ = std::move(peer); }
  const std::shared_ptr<PistacheMailbox>& mailbox() const noexcept { return thread_.mailbox; }

  void enter(const std::shared_ptr<Pistache::Tcp::Peer>& peer) {
    auto connection = std::make_shared<PistacheConnection>(thread_, peer);
    if (thread_.rules.isStopping) connection->hangUp();
    connections_.emplace(peer->getID(), std::move(connection));
    count_(1);
  }

  void receive(std::size_t id, std::string_view bytes) {
    if (mailboxPeer_ && id == mailboxPeer_->getID()) return thread_.mailbox->run();
    auto found = connections_.find(id);
    if (found == connections_.end()) return;
    if (found->second->isWaiting()) {
      // Pistache reads on without a look at the mailbox, where the end of the wait may be.
      thread_.mailbox->run();
      found = connections_.find(id);
      if (found == connections_.end()) return;
    }
    const auto connection = found->second;
    connection->receive(bytes);
  }

  void leave(std::size_t id) {
    const auto found = connections_.find(id);
    if (found == connections_.end()) return;
    found->second->lose();
    connections_.erase(found);
    count_(-1);
  }

  void stop() {
    for (const auto& entry : connections_) entry.second->stop();
  }

  /// Regularly called. Pistache closes what it believes to be idle for long.
  void checkTime() {
    if (mailboxPeer_) Pistache::Http::Handler::getParser(mailboxPeer_)->reset();
    std::vector<std::size_t> closed;
    for (const auto& [id, connection] : connections_) {
      if (!connection->checkTime()) closed.push_back(id);
    }
    for (const std::size_t id : closed) leave(id);
  }

 private:
  const PistacheThread thread_;
  Count count_;
  std::shared_ptr<Pistache::Tcp::Peer> mailboxPeer_;
  std::unordered_map<std::size_t, std::shared_ptr<PistacheConnection>> connections_;
};

/// What the threads of a front have in common, and their clock.
class PistacheThreads {
 public:
  explicit PistacheThreads(const FrontOptions& options) {
    rules_.options = options;
    clock_ = std::thread([this] { tick(); });
  }
  PistacheThreads(const PistacheThreads&) = delete;
  PistacheThreads& operator=(const PistacheThreads&) = delete;
  ~PistacheThreads() {
    {
      const std::lock_guard lock(mutex_);
      isEnding_ = true;
    }
    changed_.notify_all();
    clock_.join();
  }

  /// Not to be changed once the server runs.
  FrontRules& rules() { return rules_; }

  std::shared_ptr<PistacheConnections> makeThread(PistacheHandle handle, std::function<void()> flush) {
    auto thread = std::make_shared<PistacheConnections>(rules_, std::move(handle), std::move(flush),
                                                        [this](int more) { count(more); });
    const std::lock_guard lock(mutex_);
    threads_.push_back({thread, thread->mailbox()});
    return thread;
  }

  void stop() {
    rules_.isStopping = true;
    std::unique_lock lock(mutex_);
    for (const Entry& entry : threads_) entry.call(&PistacheConnections::stop);
    changed_.wait(lock, [this] { return count_ == 0; });
  }

 private:
  struct Entry {
    /// Never locked on another thread, which might be left with the last reference.
    std::weak_ptr<PistacheConnections> connections;
    std::weak_ptr<PistacheMailbox> mailbox;

    /// Calls a method on the thread.
    void call(void (PistacheConnections::*method)()) const {
      const auto to = mailbox.lock();
      if (!to) return;
      to->post([connections = connections, method] {
        if (const auto self = connections.lock()) (*self.*method)();
      });
    }
  };

  static constexpr std::chrono::milliseconds interval{50};

  void count(int more) {
    const std::lock_guard lock(mutex_);
    count_ += more;
    changed_.notify_all();
  }

  void tick() {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, interval, [this] { return isEnding_; })) {
      for (const Entry& entry : threads_) {
        const auto mailbox = entry.mailbox.lock();
        if (mailbox && mailbox->isEmpty()) entry.call(&PistacheConnections::checkTime);
      }
    }
  }

  FrontRules rules_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Entry> threads_;
  int count_ = 0;
  bool isEnding_ = false;
  std::thread clock_;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
