/// @file
/// Keeps the ids of webhook deliveries in a table of SQLite, and records them in a transaction of yours. Header-only;
/// written for SQLite 3.37 or later. https://sqlite.org
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>

#include <liveblocks/adapters/connection_pool.hpp>
#include <liveblocks/adapters/sql_seen_store.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/error.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {
namespace detail {

inline const SqlStatements& sqliteStatements() {
  // SQLite takes the time once for all of a statement, after it has waited for the lock.
  static const SqlStatements statements("CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)");
  return statements;
}

/// Without the details that a connection may be set to add.
inline int sqliteCode(sqlite3* database) {
  constexpr int primary = 0xff;
  return ::sqlite3_errcode(database) & primary;
}

inline Error sqliteError(sqlite3* database) {
  const int code = sqliteCode(database);
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) return storeTimeout();
  return {code == SQLITE_NOMEM ? Errc::internal : Errc::upstream,
          std::string("SQLite failed: ") + ::sqlite3_errmsg(database)};
}

inline int bindSqlite(sqlite3_stmt* statement, int index, std::string_view bytes) {
  return ::sqlite3_bind_blob(statement, index, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
}

inline int bindSqlite(sqlite3_stmt* statement, int index, std::int64_t number) {
  return ::sqlite3_bind_int64(statement, index, number);
}

/// Runs a statement to its end, which is when it takes effect.
inline Result<long long> runSqlite(sqlite3* database, const std::string& text, const SqlValues& values) {
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept { ::sqlite3_finalize(statement); }
  };
  sqlite3_stmt* prepared = nullptr;
  const int size = static_cast<int>(text.size());
  if (::sqlite3_prepare_v2(database, text.c_str(), size, &prepared, nullptr) != SQLITE_OK) return sqliteError(database);
  const std::unique_ptr<sqlite3_stmt, Finalize> statement(prepared);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string name = "$" + std::to_string(i + 1);
    const int index = ::sqlite3_bind_parameter_index(prepared, name.c_str());
    const auto bind = [&](auto value) { return bindSqlite(prepared, index, value); };
    if (std::visit(bind, values[i]) != SQLITE_OK) return sqliteError(database);
  }
  long long value = 0;
  int code = SQLITE_ROW;
  while (code == SQLITE_ROW) {
    code = ::sqlite3_step(prepared);
    if (code == SQLITE_ROW) value = ::sqlite3_column_int64(prepared, 0);
  }
  if (code != SQLITE_DONE) return sqliteError(database);
  return ::sqlite3_column_count(prepared) > 0 ? value : ::sqlite3_changes(database);
}

/// A connection that waits for locks until the deadline of the call. Not thread-safe.
class SqliteConnection {
 public:
  /// Takes over a connection.
  explicit SqliteConnection(sqlite3* database) : database_(database), deadline_(std::make_unique<Deadline>()) {
    ::sqlite3_busy_handler(database, waitForLock, deadline_.get());
  }

  bool isIntact() const noexcept { return isIntact_; }
  bool isQuiet() const noexcept { return true; }

  Result<long long> run(const std::string& statement, const SqlValues& values, Deadline deadline) {
    *deadline_ = deadline;
    Result<long long> outcome = runSqlite(database_.get(), statement, values);
    isIntact_ = outcome.ok();
    return outcome;
  }

 private:
  struct Close {
    void operator()(sqlite3* database) const noexcept { ::sqlite3_close_v2(database); }
  };

  static int waitForLock(void* deadline, int attempts) {
    const auto left = timeUntil(*static_cast<const Deadline*>(deadline));
    if (left.count() == 0) return 0;
    constexpr int longest = 10;
    std::this_thread::sleep_for(std::min(left, std::chrono::milliseconds(std::min(attempts + 1, longest))));
    return 1;
  }

  std::unique_ptr<sqlite3, Close> database_;
  std::unique_ptr<Deadline> deadline_;
  bool isIntact_ = true;
};

}  // namespace detail

/// The options of a `SqliteSeenStore`.
struct SqliteSeenStoreOptions {
  /// Opens a connection of the store's own with `sqlite3_open_v2()`, with the settings that your application uses.
  /// Null, or one whose file could not be opened: no connection. The store closes it. Required.
  std::function<sqlite3*()> open = {};
};

/// A store in a database of SQLite, which all processes of one machine can share. Each call is one statement. The time
/// is that of the machine: setting its clock back makes leases longer, setting it forward ends them.
///
/// Waits for the locks of other connections until the deadline; the disk may take longer. Calls are made one after
/// another on one connection, which is opened at the first call, and again after an error. With `PRAGMA
/// synchronous=OFF`, or `NORMAL` in WAL mode, ids may be missing after a power failure, so that events are handled
/// twice.
///
/// | code of an error | meaning |
/// |---|---|
/// | `timeout` | another connection, or another call, kept the database locked |
/// | `connect` | the database could not be opened |
/// | `upstream` | SQLite failed, for example without the table; the message is that of SQLite |
///
/// Thread-safe. Not to be used in a child process that was forked after the first call.
class SqliteSeenStore final : public detail::SqlSeenStore<detail::SqliteConnection> {
 public:
  /// Creates the table. Make it a part of the schema of your application.
  ///
  /// `holder` is null when the event is handled. `expires`, when the lease ends or the row may be deleted, is in
  /// milliseconds since 1970.
  static constexpr const char* tableDefinition = R"(CREATE TABLE IF NOT EXISTS liveblocks_webhook_ids (
  id BLOB PRIMARY KEY NOT NULL,
  holder BLOB,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS liveblocks_webhook_ids_expires ON liveblocks_webhook_ids (expires);
)";

  /// Throws `std::invalid_argument` without `SqliteSeenStoreOptions::open`.
  explicit SqliteSeenStore(SqliteSeenStoreOptions options)
      : SqlSeenStore(detail::sqliteStatements(), 1,
                     [options = (check(options), std::move(options))](Deadline) { return open(options); }) {}

  /// Records an event as handled, in the transaction that is open on a connection of yours. True: this is the first
  /// time, so do the work in the same transaction. False: it was handled before; roll back or commit.
  ///
  /// Together with the work in one transaction this is the only form that handles an event exactly once. Begin the
  /// transaction with `BEGIN IMMEDIATE`, so that a second one waits for it: for as long as `sqlite3_busy_timeout()` of
  /// its connection says, which is not at all by default. The record is kept for `keep`, 28 h to 30 days, and longer
  /// until `removeExpired()` deletes it. A `Deduplicator` with this store may claim the event before: then it counts as
  /// handled for it, too, from the commit on and for `keep`.
  ///
  /// Roll back after an error; its codes are those of the class. Throws `std::invalid_argument` for an id that is empty
  /// or too long and for a time out of range, and `std::logic_error` without a transaction.
  static Result<bool> recordDelivery(sqlite3* connection, std::string_view id, std::chrono::seconds keep) {
    checkId(id);
    checkKeep(keep);
    if (::sqlite3_get_autocommit(connection) != 0) throw std::logic_error("there is no transaction");
    const auto isFirst = detail::runSqlite(connection, detail::sqliteStatements().record, {id, milliseconds(keep)});
    if (!isFirst) return isFirst.error();
    return *isFirst != 0;
  }

 private:
  static void check(const SqliteSeenStoreOptions& options) {
    if (!options.open) throw std::invalid_argument("open is required");
  }

  static Result<detail::SqliteConnection> open(const SqliteSeenStoreOptions& options) {
    sqlite3* const database = options.open();
    if (database == nullptr || detail::sqliteCode(database) == SQLITE_CANTOPEN) {
      ::sqlite3_close_v2(database);
      return Error{Errc::connect, "the database of SQLite could not be opened"};
    }
    return detail::SqliteConnection(database);
  }
};

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
