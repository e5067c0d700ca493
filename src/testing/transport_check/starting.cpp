#include "testing/transport_check/rules.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include <liveblocks/core/cancellation.hpp>
#include <liveblocks/http/scheduler.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {
namespace {

/// How long after its deadline an exchange may complete before the check gives up.
constexpr std::chrono::seconds grace{5};

/// One exchange. The transport may hold it longer than the check does.
class Started {
 public:
  explicit Started(http::Call call) : call_(std::move(call)) {}

  /// Without what belongs to the check once that has given up.
  http::Call call(const std::shared_ptr<Started>& self) const {
    http::Call call = call_;
    if (call.cancelled) call.cancelled = [self] { return self->isCancelled(); };
    return call;
  }

  void complete(Outcome outcome) {
    const std::lock_guard lock(mutex_);
    isEarly_ = isEarly_ || (isStarting_ && std::this_thread::get_id() == starter_);
    ++completions_;
    outcome_ = std::move(outcome);
    thread_ = std::this_thread::get_id();
    completed_.notify_all();
  }

  void hasStarted() {
    const std::lock_guard lock(mutex_);
    isStarting_ = false;
  }

  /// Throws `BrokenPromise`.
  Outcome wait() {
    std::unique_lock lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    const Deadline end = std::min<Deadline>(std::max<Deadline>(call_.deadline, now), now + ample) + grace;
    const bool isComplete = completed_.wait_until(lock, end, [this] { return completions_ > 0; });
    isOver_ = true;
    if (!isComplete) throw BrokenPromise("the exchange did not complete");
    if (isEarly_) throw BrokenPromise("the exchange completed within start()");
    return *outcome_;
  }

  bool isCancelled() {
    const std::lock_guard lock(mutex_);
    return isOver_ || call_.cancelled();
  }

  int completions() {
    const std::lock_guard lock(mutex_);
    return completions_;
  }

  std::thread::id thread() {
    const std::lock_guard lock(mutex_);
    return thread_;
  }

 private:
  const http::Call call_;
  const std::thread::id starter_ = std::this_thread::get_id();
  std::mutex mutex_;
  std::condition_variable completed_;
  bool isStarting_ = true;
  bool isEarly_ = false;
  bool isOver_ = false;
  int completions_ = 0;
  std::optional<Outcome> outcome_;
  std::thread::id thread_;
};

std::shared_ptr<Started> start(http::Transport& transport, http::Request request, const http::Call& call) {
  auto started = std::make_shared<Started>(call);
  http::Transport::Completion done = [started](Outcome outcome) { started->complete(std::move(outcome)); };
  if (!transport.start(request, started->call(started), done)) {
    throw BrokenPromise("start() returned false although scheduler() returned a scheduler");
  }
  started->hasStarted();
  return started;
}

/// The thread on which the scheduler runs tasks; that of nobody if it does not run them.
std::thread::id threadOf(http::Scheduler& scheduler) {
  struct State {
    std::mutex mutex;
    std::condition_variable ran;
    std::thread::id thread;
  };
  const auto state = std::make_shared<State>();
  scheduler.post([state] {
    const std::lock_guard lock(state->mutex);
    state->thread = std::this_thread::get_id();
    state->ran.notify_all();
  });
  std::unique_lock lock(state->mutex);
  state->ran.wait_for(lock, grace, [&] { return state->thread != std::thread::id(); });
  return state->thread;
}

void checkRefusal(Probe& probe) {
  http::Request request = get("http://127.0.0.1:1/");
  http::Transport::Completion done = [](const Outcome&) {};
  const bool isTaken = probe.transport().start(request, within(brief), done);
  probe.expect(!isTaken, "start() returned true although scheduler() returned none");
  probe.expect(isTaken || (done && !request.url.empty()), "start() returned false but had taken the exchange");
}

void checkCompletion(Probe& probe, http::Scheduler& scheduler) {
  Server server([](const Received& request) { return respond(200, request.body); });
  const std::thread::id expected = threadOf(scheduler);
  probe.expect(expected != std::thread::id(), "the scheduler did not run a task; its loop must run on another thread");
  for (const std::string& url : {server.url(), std::string("nonsense")}) {
    const auto started = start(probe.transport(), post(url, "x"), within(ample));
    static_cast<void>(started->wait());
    probe.expect(started->thread() == expected, "an exchange completed on another thread than that of the scheduler");
    threadOf(scheduler);
    probe.expect(started->completions() == 1, "an exchange completed twice");
  }
}

void checkCancellation(Probe& probe) {
  const CancellationSource source;
  Server server([&](const Received&) {
    source.cancel();
    Steps steps = respond(200, "late");
    steps.insert(steps.begin(), Step::hold());
    return steps;
  });
  http::Call call = within(ample);
  call.cancellation = source.token();
  const std::string what = "cancelled by its token";
  probe.expectError(sendByStarting(probe.transport(), post(server.url(), "x"), call), Errc::cancelled, what);
  probe.expect(!server.gaveUp(), what + ": the exchange continued for too long");
  probe.expectError(sendByStarting(probe.transport(), post(server.url(), "x"), call), Errc::cancelled,
                    "cancelled by its token beforehand");
  // The server counts the first request after it has reacted to it, perhaps only now.
  probe.expect(server.requestCount() <= 1, "a request was sent whose token had been cancelled beforehand");
}

}  // namespace

Outcome sendByStarting(http::Transport& transport, const http::Request& request, const http::Call& call) {
  return start(transport, request, call)->wait();
}

void checkStarting(Probe& probe) {
  try {
    const std::shared_ptr<http::Scheduler> scheduler = probe.transport().scheduler();
    if (scheduler == nullptr) return checkRefusal(probe);
    checkCompletion(probe, *scheduler);
    checkCancellation(probe);
  } catch (const BrokenPromise& broken) {
    probe.expect(false, broken.what());
  } catch (const std::exception& exception) {
    probe.expect(false, std::string("start() or scheduler() threw an exception: ") + exception.what());
  }
}

}  // namespace testing::transport_check
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
