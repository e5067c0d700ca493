#include <liveblocks/clerk/users.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "clerk/backend_api.hpp"
#include "clerk/user_cache.hpp"
#include "clerk/user_json.hpp"
#include "core/outage_log.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "http/retry.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr std::size_t maxIdLength = 128;
constexpr std::chrono::seconds maxCacheTtl = std::chrono::hours(24 * 365);
constexpr std::size_t maxAnswer = std::size_t{256} << 10;

/// One segment of a path that needs no encoding.
bool isUserId(std::string_view id) noexcept {
  return !id.empty() && id.size() <= maxIdLength &&
         std::all_of(id.begin(), id.end(), [](char c) { return ascii::isAlnum(c) || c == '_' || c == '-'; });
}

void checkLimits(const UsersOptions& options) {
  checkTimeout(options.timeout);
  if (options.cacheTtl < std::chrono::seconds(0) || options.cacheTtl > maxCacheTtl) {
    throw std::invalid_argument("cacheTtl must lie between 0 and 1 year");
  }
  if (options.cacheCapacity == 0) throw std::invalid_argument("cacheCapacity must be at least 1");
}

http::RetryPolicy retryPolicy(const UsersOptions& options) {
  if (!options.retry) return http::RetryPolicy::off();
  http::RetryPolicy policy;
  policy.statuses = {429, 502, 503, 504};
  return policy;
}

}  // namespace

struct Users::State {
  State(const UsersOptions& given, std::shared_ptr<http::Transport> carrier)
      : options(given), retry(retryPolicy(given)), transport(std::move(carrier)) {
    options.secretKey = checkedSecretKey(options.secretKey);
    checkLimits(options);
    options.apiUrl = checkedApiUrl(options.apiUrl);
    if (!transport) throw std::invalid_argument("clerk::Users needs a transport");
    if (!options.clock) options.clock = std::make_shared<const Clock>();
    outage = std::make_unique<OutageLog>(options.log, "looking users up at Clerk works again", options.clock);
    if (options.cacheTtl > std::chrono::seconds(0)) {
      cache = std::make_unique<UserCache>(options.cacheCapacity, options.cacheTtl, options.clock);
    }
  }

  Result<User> lookUp(const std::string& id, Deadline deadline) const {
    if (std::chrono::steady_clock::now() >= deadline) {
      return Error{Errc::timeout, "the deadline passed before the user was looked up"};
    }
    http::Call call{deadline};
    call.maxBody = maxAnswer;
    const http::WipedRequest wiped(backendRequest(options.apiUrl + "/v1/users/" + id, options.secretKey));
    Result<http::Response> answer = http::sendWithRetry(*transport, wiped.get(), call, retry);
    if (!answer) return answer.error();
    if (answer->status != 200) return failed(*answer);
    outage->succeeded();
    Result<User> user = readUser(std::move(answer->body));
    if (user && user->id != id) return Error{Errc::upstream, "Clerk answered with another user"};
    return user;
  }

  Result<User> lookUpSafely(const std::string& id, Deadline deadline) const noexcept {
    try {
      return lookUp(id, deadline);
    } catch (...) {
      return Error{Errc::internal, {}};
    }
  }

  Error failed(const http::Response& answer) const {
    Error error = backendError(answer, options.clock->wall());
    if (error.code == Errc::secretKeyRejected) outage->failed(LogLevel::error, "looking a user up: " + error.message);
    if (answer.status == 429) outage->failed(LogLevel::warning, "looking a user up: " + error.message);
    return error;
  }

  UsersOptions options;
  http::RetryPolicy retry;
  std::shared_ptr<http::Transport> transport;
  /// Null: every look-up is a request.
  std::unique_ptr<UserCache> cache;
  std::unique_ptr<OutageLog> outage;
};

Users::Users(const UsersOptions& options, std::shared_ptr<http::Transport> transport)
    : state_(std::make_shared<State>(options, std::move(transport))) {}

Result<User> Users::get(std::string_view id, std::optional<Deadline> deadline) const {
  if (!isUserId(id)) return Error{Errc::invalidRequest, "the user id is not made of 1 to 128 letters, digits, _ and -"};
  // Held, so that destroying the last copy while another thread is in here does no harm.
  const std::shared_ptr<State> state = state_;
  const Deadline own = std::chrono::steady_clock::now() + state->options.timeout;
  const Deadline end = std::min(own, deadline.value_or(own));
  const std::string key(id);
  const auto look = [&] { return state->lookUpSafely(key, end); };
  return state->cache ? state->cache->get(key, end, look) : look();
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
