#include "testing/fake_server.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include <liveblocks/auth_endpoint/request.hpp>
#include <liveblocks/core/json.hpp>

#include "core/text.hpp"
#include "http/form.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

namespace {
/// Removes and returns everything before `separator`, which is removed, too.
std::string_view takeUntil(std::string_view& text, char separator) noexcept {
  const std::string_view first = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(first.size() + 1, text.size()));
  return first;
}

}  // namespace

Target targetOf(std::string_view url) noexcept {
  std::string_view rest = url.substr(0, url.find('#'));
  Target target;
  const std::string_view beforeQuery = takeUntil(rest, '?');
  target.query = rest;
  const bool isPath = ascii::startsWith(beforeQuery, "/");
  const std::size_t scheme = isPath ? std::string_view::npos : beforeQuery.find("://");
  const std::size_t path = beforeQuery.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  target.origin = beforeQuery.substr(0, path);
  if (path != std::string_view::npos) target.path = beforeQuery.substr(path);
  return target;
}

std::optional<std::string_view> queryParameter(std::string_view query, std::string_view name) noexcept {
  while (!query.empty()) {
    std::string_view value = takeUntil(query, '&');
    if (takeUntil(value, '=') == name) return value;
  }
  return std::nullopt;
}

std::optional<std::string_view> headerOf(const http::Request& request, std::string_view name) noexcept {
  for (const http::Header& header : request.headers) {
    if (ascii::equalsIgnoringCase(header.name, name)) return header.value;
  }
  return std::nullopt;
}

std::optional<std::string_view> bearerOf(const http::Request& request) noexcept {
  constexpr std::string_view scheme = "Bearer ";
  const auto value = headerOf(request, "Authorization");
  if (!value || !ascii::startsWith(*value, scheme)) return std::nullopt;
  return value->substr(scheme.size());
}

std::optional<std::string> bodyMember(const std::string& body, const char* name) {
  // AuthRequestBody is public: in a shared library the fakes cannot use the private symbols of the core.
  try {
    return AuthRequestBody::parse(body).text(name);
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

namespace {

bool isUtf8(const std::string& text) {
  try {
    const Json checked(text);
    return true;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

}  // namespace

std::optional<std::string> percentDecode(std::string_view text) {
  std::optional<std::string> decoded = http::detail::percentDecode(text);
  return decoded && isUtf8(*decoded) ? decoded : std::nullopt;
}

std::optional<std::vector<std::pair<std::string, std::string>>> readQuery(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> parameters;
  std::string spaced(query);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  for (std::string_view rest = spaced; !rest.empty();) {
    const auto [pair, others] = ascii::splitOnce(rest, '&');
    rest = others;
    if (pair.empty()) continue;
    const auto [name, value] = ascii::splitOnce(pair, '=');
    auto decodedName = percentDecode(name);
    auto decodedValue = percentDecode(value);
    if (!decodedName || !decodedValue) return std::nullopt;
    parameters.emplace_back(*std::move(decodedName), *std::move(decodedValue));
  }
  return parameters;
}

namespace {

using SteadyClock = std::chrono::steady_clock;

/// Longer than any test, and short enough to be counted in nanoseconds.
constexpr std::chrono::milliseconds longestDelay = std::chrono::hours(24 * 365);

/// How often a delayed call checks whether it is cancelled.
constexpr std::chrono::nanoseconds pollInterval = std::chrono::milliseconds(10);

bool isOver(const http::Call& call) {
  return SteadyClock::now() >= call.deadline || (call.cancelled && call.cancelled());
}

/// Waits for that time, or until the call has timed out or is cancelled.
void pass(std::chrono::nanoseconds time, const http::Call& call) {
  const auto begun = SteadyClock::now();
  for (auto now = begun; now - begun < time && !isOver(call); now = SteadyClock::now()) {
    const std::chrono::nanoseconds left = std::min<std::chrono::nanoseconds>(time - (now - begun), call.deadline - now);
    std::this_thread::sleep_for(std::min(left, pollInterval));
  }
}

bool isTooLarge(const Result<http::Response>& response, const http::Call& call) {
  return response && response->body.size() > call.maxBody;
}

Result<http::Response> delivered(Result<http::Response> response, const http::Call& call) {
  if (SteadyClock::now() >= call.deadline) return Error{Errc::timeout, "the deadline has passed"};
  if (call.cancelled && call.cancelled()) return Error{Errc::cancelled, "the call was cancelled"};
  return response;
}

}  // namespace

template <class T>
void FakeServer::add(Orders<T>& orders, Order<T> order) {
  if (order.times == 0) return;
  const auto guard = lock();
  orders.push_back(std::move(order));
}

template <class T>
std::optional<T> FakeServer::take(Orders<T>& orders, std::string_view path) {
  const auto found = std::find_if(orders.begin(), orders.end(),
                                  [&](const Order<T>& order) { return ascii::startsWith(path, order.pathPrefix); });
  if (found == orders.end()) return std::nullopt;
  T what = found->what;
  if (--found->times == 0) orders.erase(found);
  return what;
}

void FakeServer::respondNext(std::string pathPrefix, Result<http::Response> response, std::size_t times) {
  add(responses_, {std::move(pathPrefix), std::move(response), times});
}

void FakeServer::delayNext(std::string pathPrefix, std::chrono::milliseconds time, std::size_t times) {
  if (time < time.zero()) throw std::invalid_argument("the time for delayNext() must not be negative");
  add(delays_, {std::move(pathPrefix), std::min(time, longestDelay), times});
}

void FakeServer::clear() {
  const auto guard = lock();
  responses_.clear();
  delays_.clear();
}

std::vector<http::Request> FakeServer::requests() const {
  const auto guard = lock();
  return requests_;
}

std::size_t FakeServer::requestCount() const {
  const auto guard = lock();
  return requests_.size();
}

void FakeServer::setScheduler(std::shared_ptr<http::Scheduler> scheduler) {
  const auto guard = lock();
  scheduler_ = std::move(scheduler);
}

std::shared_ptr<http::Scheduler> FakeServer::scheduler() const {
  const auto guard = lock();
  return scheduler_;
}

FakeServer::Reply FakeServer::replyTo(const http::Request& request, const http::Call& call,
                                      const std::function<http::Response()>& respond) {
  try {
    const auto guard = lock();
    requests_.push_back(request);
    const std::string_view path = targetOf(request.url).path;
    const auto delay = take(delays_, path);
    auto ordered = take(responses_, path);
    Reply reply{ordered ? *std::move(ordered) : respond(), delay.value_or(std::chrono::milliseconds(0))};
    if (isTooLarge(reply.response, call)) reply.response = Error{Errc::tooLarge, "the response is too large"};
    return reply;
  } catch (...) {
    return {Error{Errc::internal, "the fake failed to handle the request"}};
  }
}

Result<http::Response> FakeServer::send(const http::Request& request, const http::Call& call,
                                        const std::function<http::Response()>& respond) {
  try {
    Reply reply = replyTo(request, call, respond);
    pass(reply.delay, call);
    return delivered(std::move(reply.response), call);
  } catch (...) {
    return Error{Errc::internal, "the fake failed to handle the request"};
  }
}

bool FakeServer::start(http::Request& request, const http::Call& call, http::Transport::Completion& done,
                       const std::function<http::Response()>& respond) {
  const std::shared_ptr<http::Scheduler> on = scheduler();
  if (!on) return false;
  Reply reply = replyTo(request, call, respond);
  completeAt(on->now() + reply.delay, std::move(reply.response), call, done, on);
  request = {};
  return true;
}

namespace {

/// How often an exchange looks at `Call::cancelled`.
constexpr std::chrono::milliseconds cancellationInterval{10};

/// Kept alive by the tasks that it has given to the scheduler.
class FakeExchange : public std::enable_shared_from_this<FakeExchange> {
 public:
  FakeExchange(Result<http::Response> outcome, http::Call call, std::shared_ptr<http::Scheduler> scheduler)
      : outcome_(std::move(outcome)), call_(std::move(call)), scheduler_(std::move(scheduler)) {}

  void start(Deadline when, http::Transport::Completion& done) {
    // A fake has no thread of its own: like a real transport it completes on that of the scheduler.
    registration_ = call_.cancellation.onCancelled([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->scheduler_->post([self] { self->complete(); });
    });
    done_ = std::exchange(done, {});
    try {
      schedule(std::min(when, call_.deadline));
    } catch (...) {
      done = takeDone();
      throw;
    }
  }

 private:
  void schedule(Deadline when) {
    const Deadline now = scheduler_->now();
    if (when > now) return waitUntil(when, now);
    scheduler_->post([self = shared_from_this()] { self->complete(); });
  }

  /// Adds up the intervals, so that it also ends if a test runs the timers before their time.
  void waitUntil(Deadline when, Deadline now) {
    const Deadline next = call_.cancelled ? std::min<Deadline>(when, now + cancellationInterval) : when;
    const auto timer = scheduler_->runAt(next, [self = shared_from_this(), when, next] {
      if (next == when || self->isCancelled()) return self->complete();
      self->waitUntil(when, next);
    });
    const std::lock_guard lock(mutex_);
    timer_ = timer;
  }

  bool isCancelled() const { return call_.cancellation.isCancelled() || (call_.cancelled && call_.cancelled()); }

  void complete() {
    const http::Transport::Completion done = takeDone();
    if (!done) return;
    if (isCancelled()) return done(Error{Errc::cancelled, "the call was cancelled"});
    done(std::move(outcome_));
  }

  /// Empty when the exchange has completed.
  http::Transport::Completion takeDone() {
    const std::lock_guard lock(mutex_);
    scheduler_->cancel(timer_);
    return std::exchange(done_, {});
  }

  Result<http::Response> outcome_;
  const http::Call call_;
  std::mutex mutex_;
  http::Transport::Completion done_;
  http::Scheduler::TimerId timer_ = 0;
  const std::shared_ptr<http::Scheduler> scheduler_;
  CancellationRegistration registration_;
};

}  // namespace

void completeAt(Deadline when, Result<http::Response> outcome, const http::Call& call,
                http::Transport::Completion& done, const std::shared_ptr<http::Scheduler>& scheduler) {
  if (when >= call.deadline) outcome = Error{Errc::timeout, "the deadline has passed"};
  const auto exchange = std::make_shared<FakeExchange>(std::move(outcome), call, scheduler);
  exchange->start(when, done);
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
