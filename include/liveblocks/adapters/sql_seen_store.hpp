/// @file
/// What the stores of webhook ids in SQL databases have in common. Header-only.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <liveblocks/adapters/connection_pool.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/error.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/webhooks/seen_store.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

/// Values for the parameters $1, $2... of a statement: bytes or integers.
using SqlValues = std::vector<std::variant<std::string_view, std::int64_t>>;

/// The statements, which both databases understand. Each is atomic, and takes the time from the database. A row without
/// a holder is done. What a statement returns is the first column of its row, 0 without a row, or how many rows it
/// deleted. After RETURNING, SQLite 3.40 takes `IS NULL` for false if another column is NOT NULL.
struct SqlStatements {
  /// `now` is an expression for milliseconds since 1970 that is constant in a statement.
  explicit SqlStatements(const std::string& now)
      : claim(insert("$2", now + " + $3") + "UPDATE SET holder = CASE WHEN " + isFree(now) +
              " THEN excluded.holder ELSE entry.holder END, expires = CASE WHEN " + isFree(now) +
              " THEN excluded.expires ELSE entry.expires END "
              "RETURNING CASE WHEN holder = $2 THEN 0 WHEN holder <> $2 THEN 1 ELSE 2 END"),
        done(insert("NULL", now + " + $3") + "UPDATE SET holder = CASE WHEN " + isFree(now) +
             " THEN NULL ELSE entry.holder END, expires = CASE WHEN " + isFree(now) +
             " THEN excluded.expires ELSE entry.expires END RETURNING CASE WHEN holder <> $2 THEN 1 ELSE 0 END"),
        release("DELETE FROM liveblocks_webhook_ids WHERE id = $1 AND holder = $2"),
        record(insert("NULL", now + " + $2") +
               "UPDATE SET holder = NULL, expires = excluded.expires WHERE entry.holder IS NOT NULL RETURNING 1"),
        removeExpired("DELETE FROM liveblocks_webhook_ids WHERE expires <= " + now +
                      " AND id IN (SELECT id FROM liveblocks_webhook_ids WHERE expires <= " + now +
                      " ORDER BY expires LIMIT $1)") {}

  std::string claim;
  std::string done;
  std::string release;
  std::string record;
  std::string removeExpired;

 private:
  static std::string insert(const std::string& holder, const std::string& expires) {
    return "INSERT INTO liveblocks_webhook_ids AS entry (id, holder, expires) VALUES ($1, " + holder + ", " + expires +
           ") ON CONFLICT (id) DO ";
  }
  static std::string isFree(const std::string& now) { return "entry.expires <= " + now + " OR entry.holder = $2"; }
};

/// A store in a database. `Connection` is one of a `ConnectionPool`; its `run(statement, values, deadline)` returns
/// what `SqlStatements` says.
template <class Connection>
class SqlSeenStore : public webhooks::SeenStore {
 public:
  /// @{
  /// As in `SeenStore`, with the errors that the class lists.
  ///
  /// Throws `std::invalid_argument` for an id or a holder that is empty or too long, and for a time out of range.
  Result<webhooks::SeenState> claim(std::string_view id, std::string_view holder, std::chrono::seconds lease,
                                    Deadline deadline) final {
    checkId(id);
    checkHolder(holder);
    checkLease(lease);
    const Result<long long> state = run(statements_.claim, {id, holder, milliseconds(lease)}, deadline);
    if (!state) return state.error();
    switch (*state) {
      case 0:
        return webhooks::SeenState::fresh;
      case 1:
        return webhooks::SeenState::inProgress;
      default:
        return webhooks::SeenState::done;
    }
  }
  Result<void> done(std::string_view id, std::string_view holder, std::chrono::seconds keep, Deadline deadline) final {
    checkId(id);
    checkHolder(holder);
    checkKeep(keep);
    const Result<long long> outcome = run(statements_.done, {id, holder, milliseconds(keep)}, deadline);
    if (!outcome) return outcome.error();
    if (*outcome != 0) return Error{Errc::conflict, "another delivery of the webhook was taken up"};
    return {};
  }
  Result<void> release(std::string_view id, std::string_view holder, Deadline deadline) final {
    checkId(id);
    checkHolder(holder);
    const Result<long long> outcome = run(statements_.release, {id, holder}, deadline);
    if (!outcome) return outcome.error();
    return {};
  }
  /// @}

  /// Deletes up to `limit` rows that have expired, 1 to 1,000,000, the oldest first, and returns how many. Nothing else
  /// deletes rows of handled events: call it regularly, for example every minute, and again if it returns `limit`.
  ///
  /// Throws `std::invalid_argument` for a limit out of range.
  Result<std::size_t> removeExpired(std::size_t limit, Deadline deadline) {
    constexpr std::size_t maxLimit = 1'000'000;
    if (limit == 0 || limit > maxLimit) throw std::invalid_argument("limit must lie between 1 and 1,000,000");
    const Result<long long> count = run(statements_.removeExpired, {static_cast<std::int64_t>(limit)}, deadline);
    if (!count) return count.error();
    return static_cast<std::size_t>(*count);
  }

 protected:
  /// For derived classes: the statements, and how to connect.
  SqlSeenStore(SqlStatements statements, std::size_t connections, typename ConnectionPool<Connection>::Open open)
      : statements_(std::move(statements)), pool_(connections, std::move(open)) {}

  /// A time as a value of a statement.
  static std::int64_t milliseconds(std::chrono::milliseconds time) { return time.count(); }

 private:
  Result<long long> run(const std::string& statement, const SqlValues& values, Deadline deadline) {
    return pool_.call(deadline, [&](Connection& connection) { return connection.run(statement, values, deadline); });
  }

  const SqlStatements statements_;
  ConnectionPool<Connection> pool_;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
