/// @file
/// Keeps the ids of webhook deliveries in a table of PostgreSQL, and records them in a transaction of yours.
/// Header-only; written for libpq and tested with PostgreSQL 15 and 17. https://www.postgresql.org
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <liveblocks/adapters/postgres_connection.hpp>
#include <liveblocks/adapters/sql_seen_store.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {
namespace detail {

inline const SqlStatements& postgresStatements() {
  static const SqlStatements statements("(extract(epoch FROM now()) * 1000)::bigint");
  return statements;
}

}  // namespace detail

/// The options of a `PostgresSeenStore`.
struct PostgresSeenStoreOptions {
  /// Connects: `PQconnectStart()` is sufficient, the store waits for the rest until the deadline. Null: no connection.
  /// The store closes it. Must be thread-safe. Resolving a name may take longer than the deadline. Required.
  std::function<PGconn*()> connect = {};
  /// How many connections there are at most: 1 to 1000. Further calls wait for one.
  std::size_t connections = 4;
};

/// A store in a table of PostgreSQL. Each call is one statement in a transaction of its own, and takes the time from
/// the server. Connects at the first call; after an error, the next call uses a new connection. Prepares and
/// sets nothing in the session, as poolers require. A lease begins with the call: waiting for a lock takes from it.
///
/// A statement whose deadline passed may still wait for a lock in the server; `statement_timeout` ends it:
/// `options='-c statement_timeout=10s'` in what you connect with.
///
/// | code of an error | meaning |
/// |---|---|
/// | `timeout` | the deadline passed; whether PostgreSQL has executed the statement is unknown |
/// | `connect` | no connection, or the user or the password is wrong |
/// | `reset` | the connection broke |
/// | `upstream` | PostgreSQL refused the statement; the message has its code, such as 42P01 without the table |
///
/// Thread-safe. Not to be used in a child process that was forked after the first call.
class PostgresSeenStore final : public detail::SqlSeenStore<detail::PostgresConnection> {
 public:
  /// Creates the table. Make it a part of the schema of your application; `search_path` says in which schema.
  ///
  /// `holder` is null when the event is handled. `expires`, when the lease ends or the row may be deleted, is in
  /// milliseconds since 1970.
  static constexpr const char* tableDefinition = R"(CREATE TABLE IF NOT EXISTS liveblocks_webhook_ids (
  id bytea PRIMARY KEY,
  holder bytea,
  expires bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS liveblocks_webhook_ids_expires ON liveblocks_webhook_ids (expires);
)";

  /// Throws `std::invalid_argument` without `PostgresSeenStoreOptions::connect`, and for an option out of range.
  explicit PostgresSeenStore(PostgresSeenStoreOptions options)
      : SqlSeenStore(detail::postgresStatements(), options.connections,
                     [connect = (check(options), std::move(options.connect))](Deadline deadline) {
                       return detail::PostgresConnection::open(connect(), deadline);
                     }) {}

  /// Records an event as handled, in the transaction that is open on a connection of yours. True: this is the first
  /// time, so do the work in the same transaction. False: it was handled before; roll back or commit.
  ///
  /// Together with the work in one transaction this is the only form that handles an event exactly once. A second
  /// transaction with the same id waits for the end of the first one. The record is kept for `keep`, 28 h to 30 days,
  /// and longer until `removeExpired()` deletes it. A `Deduplicator` with this store may claim the event before: then
  /// it counts as handled for it, too, from the commit on and for `keep`.
  ///
  /// Blocks, without a deadline; `statement_timeout` and `lock_timeout` limit it. Roll back after an error; its codes
  /// are those of the class. Throws `std::invalid_argument` for an id that is empty or too long and for a time out of
  /// range, and `std::logic_error` without a transaction.
  static Result<bool> recordDelivery(PGconn* connection, std::string_view id, std::chrono::seconds keep) {
    checkId(id);
    checkKeep(keep);
    if (::PQtransactionStatus(connection) == PQTRANS_IDLE) throw std::logic_error("there is no transaction");
    const detail::PostgresValues values({id, milliseconds(keep)});
    const detail::PostgresResult result(::PQexecParams(connection, detail::postgresStatements().record.c_str(),
                                                       values.count(), nullptr, values.starts(), values.sizes(),
                                                       values.formats(), 0));
    const Result<long long> isFirst = detail::readPostgres(result.get());
    if (!isFirst) return isFirst.error();
    return *isFirst != 0;
  }

 private:
  static void check(const PostgresSeenStoreOptions& options) {
    if (!options.connect) throw std::invalid_argument("connect is required");
  }
};

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
