#include "http/curl/engine.hpp"

#include <algorithm>
#include <chrono>
#include <new>

#include "core/time.hpp"
#include "http/curl/outcome.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {

/// Between two looks at `Call::cancelled`.
constexpr std::chrono::milliseconds pollInterval{50};

/// How long libcurl has to notice a deadline. It may be late, because it counts from when it first looked at a
/// transfer. And it forgets the deadline of one that has another timer up to a millisecond before, such as the one of
/// happy eyeballs 200 ms after a connection was begun.
constexpr std::chrono::milliseconds grace{10};

Deadline overdueAt(const Transfer& transfer) noexcept { return timing::later(transfer.call().deadline, grace); }

/// What the host's function throws is nobody's business: the thread belongs to the host.
void run(const Scheduler::Task& task) noexcept {
  try {
    task();
  } catch (...) {
  }
}

void complete(Transport::Completion& done, Result<Response> outcome) noexcept {
  const Transport::Completion taken = std::exchange(done, {});
  try {
    taken(std::move(outcome));
  } catch (...) {
  }
}

std::optional<Error> pollOnce(const Call& call) noexcept {
  try {
    if (call.cancelled && call.cancelled()) return cancelledError();
    return std::nullopt;
  } catch (...) {
    return brokenCallError();
  }
}

}  // namespace

Engine::Engine(Settings settings, std::shared_ptr<EventLoop> loop)
    : settings_(std::move(settings)),
      loop_(std::move(loop)),
      multi_(std::in_place, settings_, *loop_),
      pool_(settings_, multi_->sockets()) {}

Engine::~Engine() { end(false); }

// Beginning.

void Engine::start(Request& request, const Call& call, Completion& done) noexcept {
  if (hasEnded_) return begin(request, call, done);
  if (loop_->isLoopThread()) {
    begin(request, call, done);
    if (!isSettling_) arm();
    return;
  }
  struct Job {
    Request request;
    Call call;
    Completion done;
  };
  std::shared_ptr<Job> job;
  try {
    job = std::make_shared<Job>(Job{{}, call, {}});
    Task task = [this, job] { begin(job->request, job->call, job->done); };
    job->request = std::move(request);
    job->done = std::exchange(done, {});
    post(std::move(task));
  } catch (...) {
    detail::wipe(request);
    if (job != nullptr) detail::wipe(job->request);
    complete(done ? done : job->done, outOfMemoryError());
  }
}

void Engine::begin(Request& request, const Call& call, Completion& done) noexcept {
  std::optional<Error> error;
  try {
    error = hasEnded_ ? cancelledError() : tryBegin(request, call, done);
  } catch (const std::bad_alloc&) {
    error = outOfMemoryError();
  } catch (...) {
    error = brokenCallError();
  }
  if (!error) return;
  detail::wipe(request);
  if (hasEnded_) return complete(done, *std::move(error));
  defer(done, *error);
}

std::optional<Error> Engine::tryBegin(Request& request, const Call& call, Completion& done) {
  const Result<UrlParts> parts = splitUrl(request.url);
  if (!parts) return parts.error();
  if (std::optional<Error> error = checkRequest(request)) return error;
  if (std::optional<Error> error = refusal(call)) return error;
  Result<std::unique_ptr<Transfer>> transfer = pool_.take(request, *parts, call.allowInsecureHttp);
  if (!transfer) return transfer.error();
  if (inFlight_.size() == inFlight_.capacity()) inFlight_.reserve(2 * inFlight_.size() + 16);
  (*transfer)->take(request, call, *parts);
  (*transfer)->own(request, done);
  Transfer& begun = *inFlight_.emplace_back(*std::move(transfer));
  begun.setIndex(inFlight_.size() - 1);
  if (std::optional<Error> error = launch(begun)) {
    done = takeOut(begun)->release();
    return error;
  }
  return std::nullopt;
}

std::optional<Error> Engine::launch(Transfer& transfer) {
  transfer.setId(++lastId_);
  if (transfer.call().cancelled && ++polledCount_ == 1) nextPoll_ = Deadline::clock::now() + pollInterval;
  try {
    watchCancellation(transfer);
  } catch (const std::bad_alloc&) {
    return outOfMemoryError();
  }
  if (!transfer.prepare()) return optionError();
  if (!multi_->add(transfer)) return outOfMemoryError();
  nextCheck_ = std::min(nextCheck_, overdueAt(transfer));
  return std::nullopt;
}

void Engine::watchCancellation(Transfer& transfer) {
  const CancellationToken& token = transfer.call().cancellation;
  if (!token.canBeCancelled()) return;
  cancellable_.emplace(transfer.id(), &transfer);
  transfer.keep(token.onCancelled([weak = weak_from_this(), id = transfer.id()] {
    if (const std::shared_ptr<Engine> engine = weak.lock()) engine->cancelSoon(id);
  }));
}

void Engine::defer(Completion& done, const Error& error) noexcept {
  try {
    deferred_.emplace_back(done, error);
    done = {};
  } catch (...) {
    complete(done, outOfMemoryError());
  }
}

// Ending.

void Engine::finish(Transfer& transfer, CURLcode code) noexcept {
  multi_->remove(transfer);
  try {
    Outcome outcome = transfer.outcome(code);
    const bool again = transfer.isWorthRepeating(outcome) && timeUntil(transfer.call().deadline).count() > 0;
    if (again && transfer.prepare() && multi_->add(transfer)) return;
    conclude(transfer, std::move(outcome));
  } catch (...) {
    conclude(transfer, outOfMemoryError());
  }
}

void Engine::conclude(Transfer& transfer, Outcome outcome) noexcept {
  std::unique_ptr<Transfer> owned = takeOut(transfer);
  const bool isKept = owned->mayBeKept(outcome);
  Completion done = owned->release();
  if (isKept) pool_.give(std::move(owned));
  owned.reset();
  complete(done, std::move(outcome));
}

std::unique_ptr<Transfer> Engine::takeOut(Transfer& transfer) noexcept {
  if (transfer.call().cancelled) --polledCount_;
  if (transfer.call().cancellation.canBeCancelled()) cancellable_.erase(transfer.id());
  std::unique_ptr<Transfer>& place = inFlight_[transfer.index()];
  std::swap(place, inFlight_.back());
  place->setIndex(transfer.index());
  std::unique_ptr<Transfer> taken = std::move(inFlight_.back());
  inFlight_.pop_back();
  return taken;
}

void Engine::cancelSoon(std::uint64_t id) noexcept {
  try {
    post([this, id] { cancelNow(id); });
  } catch (...) {
    // The exchange goes on until its deadline.
  }
}

void Engine::cancelNow(std::uint64_t id) noexcept {
  const auto found = cancellable_.find(id);
  if (found == cancellable_.end()) return;
  Transfer& transfer = *found->second;
  multi_->remove(transfer);
  conclude(transfer, cancelledError());
}

void Engine::pollCancelled(Deadline now) noexcept {
  if (polledCount_ == 0 || now < nextPoll_) return;
  nextPoll_ = now + pollInterval;
  std::vector<std::pair<Transfer*, Error>> ended;
  try {
    for (const auto& transfer : inFlight_) {
      if (std::optional<Error> error = pollOnce(transfer->call()))
        ended.emplace_back(transfer.get(), *std::move(error));
    }
  } catch (const std::bad_alloc&) {
    // The others have their turn next time.
  }
  for (auto& [transfer, error] : ended) {
    if (hasEnded_) return;
    multi_->remove(*transfer);
    conclude(*transfer, std::move(error));
  }
}

void Engine::endOverdue(Deadline now) noexcept {
  if (now < nextCheck_) return;
  nextCheck_ = (Deadline::max)();
  std::vector<Transfer*> overdue;
  try {
    for (const auto& transfer : inFlight_) {
      const Deadline at = overdueAt(*transfer);
      if (at <= now) {
        overdue.push_back(transfer.get());
      } else {
        nextCheck_ = std::min(nextCheck_, at);
      }
    }
  } catch (const std::bad_alloc&) {
    nextCheck_ = now + pollInterval;
  }
  for (Transfer* const transfer : overdue) {
    if (hasEnded_) return;
    finish(*transfer, CURLE_OPERATION_TIMEDOUT);
  }
}

void Engine::end(bool loopLives) noexcept {
  if (hasEnded_.exchange(true)) return;
  if (!loopLives) multi_->sockets().forgetLoop();
  if (loopLives && armed_) loop_->setTimer(std::nullopt);
  for (const auto& transfer : inFlight_) multi_->remove(*transfer);
  const auto inFlight = std::exchange(inFlight_, {});
  auto deferred = std::exchange(deferred_, {});
  cancellable_.clear();
  pool_.clear();
  multi_.reset();
  for (const auto& transfer : inFlight) {
    Completion done = transfer->release();
    complete(done, cancelledError());
  }
  for (auto& [done, error] : deferred) complete(done, std::move(error));
  const TaskQueue::Left left = tasks_.close();
  for (const Task& task : left.tasks) run(task);
  for (const auto& [time, task] : left.timers) run(task);
}

void Engine::stop() noexcept {
  if (hasEnded_) return;
  // At once where that is possible: the loop may never run again.
  if (loop_->isLoopThread() && !isSettling_) return end(true);
  try {
    loop_->post([self = shared_from_this()] { self->end(true); });
  } catch (...) {
    // The destructor does it.
  }
}

// The scheduler.

void Engine::post(Task task) {
  if (!tasks_.post(task)) return run(task);
  wake();
}

Scheduler::TimerId Engine::runAt(Deadline when, Task task) {
  const TimerId id = tasks_.runAt(when, task);
  if (id == 0) {
    run(task);
  } else {
    wake();
  }
  return id;
}

void Engine::cancel(TimerId id) noexcept { tasks_.cancel(id); }

// Taking turns.

void Engine::onReady(EventLoop::Socket socket, SocketEvents events) {
  if (hasEnded_) return;
  multi_->onReady(socket, events);
  settle();
}

void Engine::onTimer() {
  armed_.reset();
  settle();
}

void Engine::onClosed() { end(false); }

void Engine::wake() noexcept {
  if (hasEnded_) return;
  if (loop_->isLoopThread()) {
    if (!isSettling_) arm();
    return;
  }
  if (wakeIsPending_.exchange(true)) return;
  try {
    loop_->post([weak = weak_from_this()] {
      const std::shared_ptr<Engine> engine = weak.lock();
      if (!engine) return;
      engine->wakeIsPending_ = false;
      engine->settle();
    });
  } catch (...) {
    wakeIsPending_ = false;
  }
}

void Engine::settle() noexcept {
  if (hasEnded_) return;
  const bool wasSettling = std::exchange(isSettling_, true);
  const Deadline now = Deadline::clock::now();
  for (const Task& task : tasks_.takeDue(now)) run(task);
  deliver();
  // What tasks and completions have started goes out at once rather than in the next turn.
  if (!hasEnded_) {
    multi_->runTimers(Deadline::clock::now());
    deliver();
    endOverdue(now);
  }
  isSettling_ = wasSettling;
  if (!hasEnded_ && inFlight_.empty()) rest();
  arm();
}

void Engine::rest() noexcept {
  multi_->rest();
  nextCheck_ = (Deadline::max)();
}

Transfer* Engine::find(CURL* easy) const noexcept {
  if (Transfer* const transfer = Transfer::of(easy)) return transfer;
  for (const auto& transfer : inFlight_) {
    if (transfer->easy() == easy) return transfer.get();
  }
  return nullptr;
}

void Engine::deliver() noexcept {
  while (!hasEnded_) {
    const std::optional<Multi::Ended> ended = multi_->takeEnded();
    if (!ended) break;
    if (Transfer* const transfer = find(ended->easy)) finish(*transfer, ended->code);
  }
  auto deferred = std::exchange(deferred_, {});
  for (auto& [done, error] : deferred) complete(done, std::move(error));
  if (!hasEnded_) pollCancelled(Deadline::clock::now());
}

void Engine::arm() noexcept {
  if (hasEnded_) return;
  const std::optional<Deadline> wanted = next();
  // A timer that comes too early costs less than setting it for each exchange; one that is not needed keeps loops up.
  if (armed_ && wanted && *armed_ <= *wanted) return;
  if (!armed_ && !wanted) return;
  armed_ = wanted;
  try {
    loop_->setTimer(wanted);
  } catch (...) {
    armed_.reset();
  }
}

std::optional<Deadline> Engine::next() const {
  if (!deferred_.empty()) return Deadline();
  std::optional<Deadline> first = tasks_.next();
  const auto consider = [&](Deadline time) { first = first ? std::min(*first, time) : time; };
  if (multi_->next()) consider(*multi_->next());
  if (polledCount_ > 0) consider(nextPoll_);
  if (nextCheck_ < (Deadline::max)()) consider(nextCheck_);
  return first;
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
