#include "http/loop_thread/worker.hpp"

#include <algorithm>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::loop_thread {

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

}  // namespace http::loop_thread
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
