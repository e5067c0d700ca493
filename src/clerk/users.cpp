#include <liveblocks/clerk/users.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "clerk/backend_api.hpp"
#include "clerk/user_cache.hpp"
#include "clerk/user_json.hpp"
#include "core/errors.hpp"
#include "core/logging.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "http/delivery.hpp"
#include "http/parked_call.hpp"
#include "http/retry.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

using namespace detail;

namespace {

constexpr std::size_t maxIdLength = 128;
constexpr std::chrono::seconds maxCacheTtl = std::chrono::hours(24 * 365);

/// Whether the id is a segment of a path that needs no encoding.
bool isUserId(std::string_view id) noexcept {
  return !id.empty() && id.size() <= maxIdLength &&
         std::all_of(id.begin(), id.end(), [](char c) { return ascii::isAlnum(c) || c == '_' || c == '-'; });
}

Error invalidUserId() { return {Errc::invalidRequest, "the user id is not made of 1 to 128 letters, digits, _ and -"}; }

void checkLimits(const UsersOptions& options) {
  timing::checkTimeout(options.timeout);
  if (options.cacheTtl < std::chrono::seconds(0) || options.cacheTtl > maxCacheTtl) {
    throw std::invalid_argument("cacheTtl must lie between 0 and 1 year");
  }
  if (options.cacheCapacity == 0) throw std::invalid_argument("cacheCapacity must be at least 1");
}

http::detail::RetryPolicy retryPolicy(const UsersOptions& options) {
  if (!options.retry) return http::detail::RetryPolicy::off();
  http::detail::RetryPolicy policy;
  policy.statuses = {429, 502, 503, 504};
  return policy;
}

}  // namespace

struct Users::State {
  State(const UsersOptions& given, std::shared_ptr<http::Transport> givenTransport)
      : options(given), retry(retryPolicy(given)), transport(std::move(givenTransport)) {
    options.secretKey = checkedSecretKey(options.secretKey);
    checkLimits(options);
    options.apiUrl = checkedApiUrl(options.apiUrl);
    if (!transport) throw std::invalid_argument("clerk::Users needs a transport");
    if (!options.clock) options.clock = std::make_shared<const Clock>();
    outage = std::make_unique<logging::OutageLog>(options.log, "looking up users at Clerk works again", options.clock);
    events = liveblocks::detail::EventSink::make(options.events, options.log);
    if (options.cacheTtl > std::chrono::seconds(0)) {
      cache = std::make_shared<UserCache>(options.cacheCapacity, options.cacheTtl, options.clock, options.log, events);
    }
  }

  Result<User> lookUp(const std::string& id, Deadline deadline) const {
    if (auto error = obstacle(deadline)) return *std::move(error);
    const http::detail::WipedRequest wiped(requestFor(id));
    return read(id, http::detail::sendWithRetry(*transport, wiped.get(), callUntil(deadline), retry, watch()));
  }

  /// The same without blocking. `done` must not throw.
  static void startLookUp(std::shared_ptr<const State> state, const std::string& id, Deadline deadline,
                          const CancellationToken& cancellation, UserCache::Done done) {
    if (auto error = state->obstacle(deadline)) return done(*std::move(error));
    http::Call call = callUntil(deadline);
    call.cancellation = cancellation;
    const State& own = *state;
    auto read = [state = std::move(state), id, done = std::move(done)](Result<http::Response> response) {
      done(state->guarded([&] { return state->read(id, std::move(response)); }));
    };
    http::detail::startWithRetry(own.transport, own.requestFor(id), call, own.retry, std::move(read), own.watch());
  }

  /// The result of `work`. An exception is logged and becomes an error.
  template <class F>
  Result<User> guarded(const F& work) const noexcept {
    try {
      return work();
    } catch (...) {
      logging::writeException(options.log, userNotLookedUp);
      return errors::internal();
    }
  }

  http::detail::Watch watch() const { return {events, operations::getUser}; }

  /// Why no request is sent, if none is.
  std::optional<Error> obstacle(Deadline deadline) const {
    if (std::chrono::steady_clock::now() < deadline) return std::nullopt;
    return Error{Errc::timeout, "the deadline passed before the user was looked up"};
  }

  static http::Call callUntil(Deadline deadline) {
    http::Call call{deadline};
    call.maxBody = maxBackendResponse;
    return call;
  }

  http::Request requestFor(const std::string& id) const {
    return backendRequest(options.apiUrl + "/v1/users/" + id, options.secretKey);
  }

  Result<User> read(const std::string& id, Result<http::Response> response) const {
    if (!response) return response.error();
    if (response->status != 200) return failed(*response);
    outage->succeeded();
    Result<User> user = readUser(std::move(response->body));
    if (user && user->id != id) return Error{Errc::upstream, "Clerk responded with another user"};
    return user;
  }

  Error failed(const http::Response& response) const {
    Error error = backendError(response, options.clock->wall());
    if (error.code == Errc::secretKeyRejected) outage->failed(LogLevel::error, "looking up a user: " + error.message);
    if (response.status == 429) outage->failed(LogLevel::warning, "looking up a user: " + error.message);
    return error;
  }

  /// The timeout of the options limits the given deadline.
  Deadline endOf(std::optional<Deadline> deadline) const {
    const Deadline own = std::chrono::steady_clock::now() + options.timeout;
    return std::min(own, deadline.value_or(own));
  }

  UsersOptions options;
  http::detail::RetryPolicy retry;
  std::shared_ptr<http::Transport> transport;
  /// May be null.
  liveblocks::detail::EventSinkPointer events;
  /// Null if every look-up is a request.
  std::shared_ptr<UserCache> cache;
  std::unique_ptr<logging::OutageLog> outage;
};

Users::Users(const UsersOptions& options, std::shared_ptr<http::Transport> transport)
    : state_(std::make_shared<State>(options, std::move(transport))) {}

Result<User> Users::get(std::string_view id, std::optional<Deadline> deadline) const {
  if (!isUserId(id)) return invalidUserId();
  // Keeps the state alive if the last copy is destroyed during the call.
  const std::shared_ptr<const State> state = state_;
  const Deadline end = state->endOf(deadline);
  const std::string key(id);
  const auto load = [&] { return state->guarded([&] { return state->lookUp(key, end); }); };
  return state->cache ? state->guarded([&] { return state->cache->get(key, end, load); }) : load();
}

void Users::getAsync(std::string_view id, Callback<Result<User>> done, const AsyncOptions& options) const {
  const std::shared_ptr<const State> state = state_;
  const http::detail::Delivery<Result<User>> delivery(std::move(done), options.executor);
  if (!isUserId(id)) return delivery.later(state->transport.get(), invalidUserId());
  const Deadline end = state->endOf(options.deadline);
  const auto deliver = [state, delivery](Result<User> user) {
    delivery.later(state->transport.get(), std::move(user));
  };
  try {
    std::string key(id);
    if (!state->cache) return State::startLookUp(state, key, end, options.cancellation, deliver);
    const auto load = [state, key, end](UserCache::Done loaded) {
      State::startLookUp(state, key, end, {}, std::move(loaded));
    };
    state->cache->getAsync(std::move(key), {state->transport, end, options.cancellation}, load, deliver);
  } catch (...) {
    logging::writeException(state->options.log, userNotLookedUp);
    deliver(errors::internal());
  }
}

void Users::forget(std::string_view id) const {
  if (state_->cache) state_->cache->forget(std::string(id));
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
