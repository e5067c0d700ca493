#include <liveblocks/http/loop_thread.hpp>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/http/event_loop.hpp>

#include "http/loop_thread/poller.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {
namespace loop_thread {

class WorkerLoop;

/// Shared by the thread and its loops.
class Worker : public std::enable_shared_from_this<Worker> {
 public:
  /// Runs the loops on this thread until `end()` is called, and then closes them.
  void run() noexcept;
  /// Thread-safe.
  void end() noexcept;

  /// Thread-safe.
  std::shared_ptr<EventLoop> makeLoop();
  bool isThisThread() const noexcept { return thread_ == std::this_thread::get_id(); }

 private:
  friend class WorkerLoop;

  void post(std::function<void()> function);
  /// False when the thread has ended.
  bool add(const std::shared_ptr<WorkerLoop>& loop);

  void runFunctions();
  /// Under the lock.
  void takeNewLoops();
  void fireTimers();
  /// False when the thread is to end.
  bool wait();
  void close();

  /// Of `run()`, while it runs.
  std::atomic<std::thread::id> thread_{};

  std::mutex mutex_;
  bool isWaiting_ = false;
  bool isEnding_ = false;
  bool hasEnded_ = false;
  std::vector<std::function<void()>> functions_;
  std::vector<std::weak_ptr<WorkerLoop>> newLoops_;

  // Of the thread alone.
  Poller poller_;
  std::vector<std::weak_ptr<WorkerLoop>> loops_;
};

/// A loop is no more than its listener and its timer: the worker has the rest.
class WorkerLoop final : public EventLoop, public std::enable_shared_from_this<WorkerLoop> {
 public:
  explicit WorkerLoop(std::shared_ptr<Worker> worker) : worker_(std::move(worker)) {}

  void attach(std::weak_ptr<Listener> listener) override {
    listener_ = std::move(listener);
    if (!worker_->add(shared_from_this())) close();
  }
  void post(std::function<void()> function) override { worker_->post(std::move(function)); }
  void watch(Socket socket, SocketEvents events) override { worker_->poller_.watch(socket, events, listener_); }
  void setTimer(std::optional<Deadline> when) override { timer_ = when; }
  bool isLoopThread() const noexcept override { return worker_->isThisThread(); }

  std::optional<Deadline> timer() const noexcept { return timer_; }

  void fireTimer(Deadline now) {
    if (!timer_ || *timer_ > now) return;
    timer_.reset();
    if (const auto listener = listener_.lock()) listener->onTimer();
  }

  void close() {
    if (const auto listener = listener_.lock()) listener->onClosed();
  }

 private:
  const std::shared_ptr<Worker> worker_;
  std::weak_ptr<Listener> listener_;
  std::optional<Deadline> timer_;
};

void Worker::run() noexcept {
  thread_ = std::this_thread::get_id();
  do {
    poller_.dispatch();
    runFunctions();
    fireTimers();
  } while (wait());
  close();
  thread_ = std::thread::id();
}

void Worker::end() noexcept {
  const std::lock_guard lock(mutex_);
  isEnding_ = true;
  poller_.wake();
}

std::shared_ptr<EventLoop> Worker::makeLoop() { return std::make_shared<WorkerLoop>(shared_from_this()); }

void Worker::post(std::function<void()> function) {
  const std::lock_guard lock(mutex_);
  if (hasEnded_) return;
  functions_.push_back(std::move(function));
  if (std::exchange(isWaiting_, false)) poller_.wake();
}

bool Worker::add(const std::shared_ptr<WorkerLoop>& loop) {
  const std::lock_guard lock(mutex_);
  if (hasEnded_) return false;
  newLoops_.push_back(loop);
  return true;
}

void Worker::runFunctions() {
  std::vector<std::function<void()>> functions;
  {
    const std::lock_guard lock(mutex_);
    functions.swap(functions_);
    takeNewLoops();
  }
  for (const auto& function : functions) function();
}

void Worker::takeNewLoops() {
  if (newLoops_.empty()) return;
  loops_.erase(std::remove_if(loops_.begin(), loops_.end(), [](const auto& loop) { return loop.expired(); }),
               loops_.end());
  loops_.insert(loops_.end(), newLoops_.begin(), newLoops_.end());
  newLoops_.clear();
}

void Worker::fireTimers() {
  const Deadline now = Deadline::clock::now();
  for (const auto& each : loops_) {
    if (const auto loop = each.lock()) loop->fireTimer(now);
  }
}

bool Worker::wait() {
  std::optional<Deadline> first;
  {
    // A function or a timer of this turn may have set the timer of a loop that it made.
    const std::lock_guard lock(mutex_);
    takeNewLoops();
  }
  for (const auto& each : loops_) {
    const auto loop = each.lock();
    if (loop && loop->timer()) first = first ? std::min(*first, *loop->timer()) : *loop->timer();
  }
  {
    const std::lock_guard lock(mutex_);
    if (isEnding_) return false;
    isWaiting_ = functions_.empty();
    if (!isWaiting_) first = Deadline();
  }
  poller_.wait(first);
  const std::lock_guard lock(mutex_);
  isWaiting_ = false;
  return true;
}

void Worker::close() {
  std::vector<std::function<void()>> functions;
  {
    const std::lock_guard lock(mutex_);
    hasEnded_ = true;
    functions.swap(functions_);
    takeNewLoops();
  }
  const auto loops = std::exchange(loops_, {});
  for (const auto& each : loops) {
    if (const auto loop = each.lock()) loop->close();
  }
}

}  // namespace loop_thread

namespace {

/// Blocks all signals in this thread for a while. A thread that is started meanwhile inherits that, and keeps it.
class SignalsBlocked {
 public:
  SignalsBlocked() noexcept {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &previous_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &previous_, nullptr); }

 private:
  sigset_t previous_{};
};

}  // namespace

struct LoopThread::State {
  std::shared_ptr<loop_thread::Worker> worker = std::make_shared<loop_thread::Worker>();
  std::thread thread;
};

LoopThread::LoopThread() : state_(std::make_shared<State>()) {
  const SignalsBlocked blocked;
  state_->thread = std::thread([worker = state_->worker] { worker->run(); });
}

LoopThread::~LoopThread() {
  state_->worker->end();
  if (state_->worker->isThisThread()) {
    state_->thread.detach();
  } else {
    state_->thread.join();
  }
}

std::shared_ptr<EventLoop> LoopThread::makeLoop() { return state_->worker->makeLoop(); }

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
