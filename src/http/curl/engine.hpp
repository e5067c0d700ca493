/// Runs the asynchronous exchanges of a transport on an event loop.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include <liveblocks/http/event_loop.hpp>
#include <liveblocks/http/scheduler.hpp>
#include <liveblocks/http/transport.hpp>

#include "http/curl/multi_group.hpp"
#include "http/curl/setup.hpp"
#include "http/curl/task_queue.hpp"
#include "http/curl/transfer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// Everything but the task queue belongs to the loop's thread. Other threads hand it tasks.
///
/// It ends once, by `stop()` or with its loop: exchanges complete with `Errc::cancelled` and the tasks that are left
/// run.
class Engine final : public EventLoop::Listener, public Scheduler, public std::enable_shared_from_this<Engine> {
 public:
  Engine(Settings settings, std::shared_ptr<EventLoop> loop);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine() override;

  /// As `Transport::start()`. Thread-safe.
  void start(Request& request, const Call& call, Transport::Completion& done) noexcept;
  /// Ends it: soon, or at once on the loop's thread. Thread-safe.
  void stop() noexcept;
  bool hasEnded() const noexcept { return hasEnded_; }

  void post(Task task) override;
  TimerId runAt(Deadline when, Task task) override;
  void cancel(TimerId id) noexcept override;

  void onReady(EventLoop::Socket socket, SocketEvents events) override;
  void onTimer() override;
  void onClosed() override;

 private:
  using Completion = Transport::Completion;
  using Outcome = Result<Response>;

  // Beginning.
  void begin(Request& request, const Call& call, Completion& done) noexcept;
  std::optional<Error> tryBegin(Request& request, const Call& call, Completion& done);
  std::optional<Error> launch(Transfer& transfer);
  void watchCancellation(Transfer& transfer);
  void defer(Completion& done, const Error& error) noexcept;

  // Ending.
  void finish(Transfer& transfer, CURLcode code) noexcept;
  void conclude(Transfer& transfer, Outcome outcome) noexcept;
  std::unique_ptr<Transfer> takeOut(Transfer& transfer) noexcept;
  void cancelSoon(std::uint64_t id) noexcept;
  void cancelNow(std::uint64_t id) noexcept;
  void pollCancelled(Deadline now) noexcept;
  void endOverdue(Deadline now) noexcept;
  void end(bool loopLives) noexcept;

  // Taking turns.
  void wake() noexcept;
  void settle() noexcept;
  void rest() noexcept;
  /// Searches where libcurl does not tell.
  Transfer* find(CURL* easy) const noexcept;
  void deliver() noexcept;
  void arm() noexcept;
  std::optional<Deadline> next() const;

  const Settings settings_;
  const std::shared_ptr<EventLoop> loop_;
  TaskQueue tasks_;
  std::atomic<bool> hasEnded_{false};
  std::atomic<bool> wakeIsPending_{false};

  std::optional<MultiGroup> multi_;
  TransferPool pool_;
  std::vector<std::unique_ptr<Transfer>> inFlight_;
  std::unordered_map<std::uint64_t, Transfer*> cancellable_;
  std::uint64_t lastId_ = 0;
  /// How many exchanges in flight have `Call::cancelled`, and when to look at them next.
  std::size_t polledCount_ = 0;
  Deadline nextPoll_{};
  /// When to look for exchanges whose deadline libcurl has missed. The last moment there is for never.
  Deadline nextCheck_ = (Deadline::max)();
  /// Outcomes of exchanges that did not begin.
  std::vector<std::pair<Completion, Error>> deferred_;
  std::optional<Deadline> armed_;
  bool isSettling_ = false;
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
