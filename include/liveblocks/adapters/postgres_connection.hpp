/// @file
/// A connection of the store of webhook ids in PostgreSQL. Header-only.
#pragma once

#include <libpq-fe.h>
#include <poll.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <liveblocks/adapters/connection_pool.hpp>
#include <liveblocks/adapters/sql_seen_store.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/error.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

struct FreePostgres {
  void operator()(PGconn* connection) const noexcept { ::PQfinish(connection); }
  void operator()(PGresult* result) const noexcept { ::PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, FreePostgres>;

/// The values of a statement as libpq wants them.
class PostgresValues {
 public:
  explicit PostgresValues(const SqlValues& values) {
    for (const auto& value : values) {
      const std::string_view* const bytes = std::get_if<std::string_view>(&value);
      isBinary_.push_back(bytes != nullptr ? 1 : 0);
      texts_.push_back(bytes != nullptr ? std::string(*bytes) : std::to_string(std::get<std::int64_t>(value)));
    }
    for (const std::string& text : texts_) {
      starts_.push_back(text.c_str());
      sizes_.push_back(static_cast<int>(text.size()));
    }
  }

  int count() const noexcept { return static_cast<int>(starts_.size()); }
  const char* const* starts() const noexcept { return starts_.data(); }
  const int* sizes() const noexcept { return sizes_.data(); }
  const int* formats() const noexcept { return isBinary_.data(); }

 private:
  std::vector<std::string> texts_;
  std::vector<const char*> starts_;
  std::vector<int> sizes_;
  std::vector<int> isBinary_;
};

inline Error brokenPostgres() { return {Errc::reset, "the connection to PostgreSQL broke"}; }

/// The value of a result, or its error. The server's text may quote values, so only its code is told.
inline Result<long long> readPostgres(PGresult* result) {
  const ExecStatusType status = ::PQresultStatus(result);
  if (status == PGRES_TUPLES_OK) {
    return ::PQntuples(result) == 0 ? 0 : std::strtoll(::PQgetvalue(result, 0, 0), nullptr, 10);
  }
  if (status == PGRES_COMMAND_OK) {
    return std::strtoll(::PQcmdTuples(result), nullptr, 10);
  }
  const char* const code = ::PQresultErrorField(result, PG_DIAG_SQLSTATE);
  if (code == nullptr) return brokenPostgres();
  const std::string_view state(code);
  // The server ends, or an administrator ends the connection.
  if (state.substr(0, 2) == "08" || state.substr(0, 3) == "57P") return brokenPostgres();
  if (state == "42P01") return Error{Errc::upstream, "PostgreSQL has no table liveblocks_webhook_ids (42P01)"};
  return Error{Errc::upstream, "PostgreSQL refused a statement: " + std::string(state)};
}

/// Sends statements and reads their results until a deadline. Not thread-safe.
class PostgresConnection {
 public:
  /// Takes over a connection that exists or is being made, and waits for it.
  static Result<PostgresConnection> open(PGconn* given, Deadline deadline) {
    PostgresConnection connection(given);
    if (given == nullptr) return noConnection();
    // Otherwise libpq prints them.
    ::PQsetNoticeProcessor(
        given, [](void*, const char*) {}, nullptr);
    PostgresPollingStatusType step = PGRES_POLLING_WRITING;
    while (::PQstatus(given) != CONNECTION_OK) {
      if (::PQstatus(given) == CONNECTION_BAD || step == PGRES_POLLING_FAILED) return noConnection();
      if (!waitFor(::PQsocket(given), step == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline))
        return storeTimeout();
      step = ::PQconnectPoll(given);
    }
    if (::PQsetnonblocking(given, 1) != 0) return noConnection();
    return connection;
  }

  bool isIntact() const noexcept { return isIntact_; }
  bool isQuiet() const { return !waitFor(::PQsocket(connection_.get()), POLLIN, Deadline()); }

  Result<long long> run(const std::string& statement, const SqlValues& values, Deadline deadline) {
    isIntact_ = false;
    if (const auto sent = send(statement, PostgresValues(values), deadline); !sent) return sent.error();
    const Result<PostgresResult> result = receive(deadline);
    if (!result) return result.error();
    Result<long long> outcome = readPostgres(result->get());
    isIntact_ = outcome.ok() && ::PQtransactionStatus(connection_.get()) == PQTRANS_IDLE;
    return outcome;
  }

 private:
  explicit PostgresConnection(PGconn* connection) noexcept : connection_(connection) {}

  static Error noConnection() { return {Errc::connect, "there is no connection to PostgreSQL"}; }

  Result<void> send(const std::string& statement, const PostgresValues& values, Deadline deadline) {
    PGconn* const connection = connection_.get();
    if (::PQsendQueryParams(connection, statement.c_str(), values.count(), nullptr, values.starts(), values.sizes(),
                            values.formats(), 0) != 1) {
      return brokenPostgres();
    }
    int isWaiting = 1;
    while ((isWaiting = ::PQflush(connection)) == 1) {
      if (!waitFor(::PQsocket(connection), POLLIN | POLLOUT, deadline)) return storeTimeout();
      if (::PQconsumeInput(connection) != 1) return brokenPostgres();
    }
    if (isWaiting != 0) return brokenPostgres();
    return {};
  }

  /// Returns the first result, when all have arrived.
  Result<PostgresResult> receive(Deadline deadline) {
    PGconn* const connection = connection_.get();
    PostgresResult first;
    for (;;) {
      while (::PQisBusy(connection) != 0) {
        if (!waitFor(::PQsocket(connection), POLLIN, deadline)) return storeTimeout();
        if (::PQconsumeInput(connection) != 1) return brokenPostgres();
      }
      PostgresResult next(::PQgetResult(connection));
      if (!next) break;
      if (!first) first = std::move(next);
    }
    if (!first) return brokenPostgres();
    return first;
  }

  std::unique_ptr<PGconn, FreePostgres> connection_;
  bool isIntact_ = true;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
