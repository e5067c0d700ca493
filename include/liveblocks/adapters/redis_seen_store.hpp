/// @file
/// Keeps the ids of webhook deliveries in Redis, where several processes and machines find them. Header-only; written
/// for and tested with hiredis 0.14 and 1.2, and Redis 7 and 8. https://redis.io
#pragma once

#include <hiredis/hiredis.h>
#include <sys/time.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/adapters/connection_pool.hpp>
#include <liveblocks/adapters/redis_connection.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/error.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/webhooks/seen_store.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {

/// The options of a `RedisSeenStore`.
struct RedisSeenStoreOptions {
  /// The name or the address of the server, or the absolute path of its Unix socket. Resolving a name may take longer
  /// than the deadline of a call.
  std::string host = "127.0.0.1";
  /// 1 to 65535.
  int port = 6379;
  /// A user of Redis 6 or later. Empty: the default one.
  std::string user = {};
  /// Empty: no authentication.
  Secret password = {};
  /// 0 or more. A cluster has 0 only.
  int database = 0;
  /// What keys begin with, before the id.
  std::string keyPrefix = "liveblocks:webhook:";
  /// How many connections there are at most: 1 to 1000. Further calls wait for one.
  std::size_t connections = 4;
  /// Connects in place of `host` and `port`, for example with TLS: returns a new connected context, which the store
  /// frees. Null, or one with an error: no connection. Must be thread-safe and respect the deadline. `user`, `password`
  /// and `database` are sent afterwards.
  std::function<redisContext*(Deadline deadline)> connect = {};
};

/// A store in Redis. Each call is one script, which Redis executes atomically, so that the server's clock alone decides
/// about leases. Connects at the first call; after an error, the next call uses a new connection.
///
/// Redis must not evict keys (`maxmemory-policy noeviction`). When a primary is replaced by a replica, or restarts
/// without persistence, the ids of its last moments may be missing: then events are handled twice.
///
/// Thread-safe. Not to be used in a child process that was forked after the first call.
class RedisSeenStore final : public webhooks::SeenStore {
 public:
  /// Throws `std::invalid_argument` for an option out of range.
  explicit RedisSeenStore(RedisSeenStoreOptions options = {})
      : options_((check(options), std::move(options))),
        pool_(options_.connections, [this](Deadline deadline) { return open(deadline); }) {}

  /// @{
  /// As in `SeenStore`. Errors:
  ///
  /// | code | meaning |
  /// |---|---|
  /// | `timeout` | the deadline passed; whether Redis has executed the call is unknown |
  /// | `connect` | no connection |
  /// | `secretKeyRejected` | Redis refused the user or the password |
  /// | `reset` | the connection broke |
  /// | `upstream` | Redis refused the call; the message has the first word, such as `READONLY`, `OOM` or `MOVED` |
  /// | `upstream` | the key holds something else |
  ///
  /// Throws `std::invalid_argument` for an id or a holder that is empty or too long, and for a time out of range, and
  /// what `RedisSeenStoreOptions::connect` throws.
  Result<webhooks::SeenState> claim(std::string_view id, std::string_view holder, std::chrono::seconds lease,
                                    Deadline deadline) override {
    checkId(id);
    checkHolder(holder);
    checkLease(lease);
    const Result<long long> state = run(claimScript, id, holder, lease, deadline);
    if (!state) return state.error();
    switch (*state) {
      case 0:
        return webhooks::SeenState::fresh;
      case 1:
        return webhooks::SeenState::inProgress;
      case 2:
        return webhooks::SeenState::done;
      default:
        return foreign();
    }
  }
  Result<void> done(std::string_view id, std::string_view holder, std::chrono::seconds keep,
                    Deadline deadline) override {
    checkId(id);
    checkHolder(holder);
    checkKeep(keep);
    const Result<long long> outcome = run(doneScript, id, holder, keep, deadline);
    if (!outcome) return outcome.error();
    switch (*outcome) {
      case 0:
        return {};
      case 1:
        return Error{Errc::conflict, "another delivery of the webhook was taken up"};
      default:
        return foreign();
    }
  }
  Result<void> release(std::string_view id, std::string_view holder, Deadline deadline) override {
    checkId(id);
    checkHolder(holder);
    const Result<long long> outcome = run(releaseScript, id, holder, {}, deadline);
    if (!outcome) return outcome.error();
    return {};
  }
  /// @}

 private:
  // The value of a key is "done", or "held:" and the holder. Another one gives -1, and stays as it is.
  static constexpr std::string_view claimScript = R"(local value = redis.call('GET', KEYS[1])
if not value or value == ARGV[1] then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  return 0
end
if value == 'done' then return 2 end
if string.sub(value, 1, 5) == 'held:' then return 1 end
return -1)";
  static constexpr std::string_view doneScript = R"(local value = redis.call('GET', KEYS[1])
if not value or value == ARGV[1] then
  redis.call('SET', KEYS[1], 'done', 'PX', ARGV[2])
  return 0
end
if value == 'done' then return 0 end
if string.sub(value, 1, 5) == 'held:' then return 1 end
return -1)";
  static constexpr std::string_view releaseScript = R"(local value = redis.call('GET', KEYS[1])
if value == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 0)";

  static void check(const RedisSeenStoreOptions& options) {
    constexpr int maxPort = 65535;
    if (options.port < 1 || options.port > maxPort) throw std::invalid_argument("port must lie between 1 and 65535");
    if (options.host.empty()) throw std::invalid_argument("host must not be empty");
    if (options.database < 0) throw std::invalid_argument("database must be 0 or more");
  }

  static Error foreign() { return {Errc::upstream, "the key of a webhook in Redis holds something else"}; }

  Result<long long> run(std::string_view script, std::string_view id, std::string_view holder,
                        std::chrono::milliseconds time, Deadline deadline) {
    const std::string key = options_.keyPrefix + std::string(id);
    const std::string value = "held:" + std::string(holder);
    const std::string milliseconds = std::to_string(time.count());
    return pool_.call(deadline, [&](detail::RedisConnection& connection) {
      return connection.ask({"EVAL", script, "1", key, value, milliseconds}, deadline);
    });
  }

  redisContext* connect(Deadline deadline) const {
    if (options_.connect) return options_.connect(deadline);
    const auto left = std::chrono::microseconds(detail::timeUntil(deadline)).count() + 1;
    constexpr long second = 1'000'000;
    const timeval limit{left / second, left % second};
    return options_.host.front() == '/' ? ::redisConnectUnixWithTimeout(options_.host.c_str(), limit)
                                        : ::redisConnectWithTimeout(options_.host.c_str(), options_.port, limit);
  }

  Result<detail::RedisConnection> open(Deadline deadline) const {
    redisContext* const context = connect(deadline);
    if (context == nullptr || context->err != 0) {
      if (context != nullptr) ::redisFree(context);
      if (std::chrono::steady_clock::now() >= deadline) return detail::storeTimeout();
      return Error{Errc::connect, "there is no connection to Redis"};
    }
    detail::RedisConnection connection(context);
    if (auto entered = logIn(connection, deadline); !entered) return std::move(entered).error();
    return connection;
  }

  Result<void> logIn(detail::RedisConnection& connection, Deadline deadline) const {
    if (!options_.password.empty()) {
      const std::string_view password = options_.password.reveal();
      const auto answer = options_.user.empty() ? connection.ask({"AUTH", password}, deadline)
                                                : connection.ask({"AUTH", options_.user, password}, deadline);
      if (!answer && answer.error().code == Errc::upstream) {
        return Error{Errc::secretKeyRejected, "logging in to Redis: " + answer.error().message};
      }
      if (!answer) return answer.error();
    }
    if (options_.database == 0) return {};
    const auto answer = connection.ask({"SELECT", std::to_string(options_.database)}, deadline);
    if (!answer) return answer.error();
    return {};
  }

  const RedisSeenStoreOptions options_;
  detail::ConnectionPool<detail::RedisConnection> pool_;
};

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
