#include "open_store.hpp"

#include <libpq-fe.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

#include <liveblocks/adapters/postgres_seen_store.hpp>
#include <liveblocks/adapters/redis_seen_store.hpp>
#include <liveblocks/adapters/sqlite_seen_store.hpp>

#include "redis_server.hpp"

namespace store_tests {
namespace {

namespace adapters = liveblocks::adapters;

/// Without a disk's delays; a test needs nothing that survives a power failure.
sqlite3* openSqlite(const std::string& path) {
  sqlite3* database = nullptr;
  if (::sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK) {
    ::sqlite3_exec(database, "PRAGMA synchronous = OFF", nullptr, nullptr, nullptr);
  }
  return database;
}

class SqliteClient final : public SqlClient {
 public:
  explicit SqliteClient(const std::string& path) : database_(openSqlite(path)) {
    ::sqlite3_busy_timeout(database_.get(), 60'000);
  }

  void begin() override { run("BEGIN IMMEDIATE"); }
  void run(const std::string& statement) override { read(statement, nullptr, nullptr); }
  long long number(const std::string& query) override {
    long long value = 0;
    const auto take = [](void* to, int, char** columns, char**) {
      *static_cast<long long*>(to) = std::strtoll(columns[0], nullptr, 10);
      return 0;
    };
    read(query, take, &value);
    return value;
  }
  liveblocks::Result<bool> record(std::string_view id) override {
    return adapters::SqliteSeenStore::recordDelivery(database_.get(), id, std::chrono::hours(72));
  }

 private:
  struct Close {
    void operator()(sqlite3* database) const { ::sqlite3_close_v2(database); }
  };

  void read(const std::string& text, int (*row)(void*, int, char**, char**), void* to) {
    if (::sqlite3_exec(database_.get(), text.c_str(), row, to, nullptr) != SQLITE_OK) {
      throw std::runtime_error(::sqlite3_errmsg(database_.get()));
    }
  }

  std::unique_ptr<sqlite3, Close> database_;
};

class PostgresClient final : public SqlClient {
 public:
  explicit PostgresClient(const std::string& address) : connection_(::PQconnectdb(address.c_str())) {
    ::PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    if (::PQstatus(connection_.get()) != CONNECTION_OK) throw std::runtime_error(::PQerrorMessage(connection_.get()));
  }

  void begin() override { run("BEGIN"); }
  void run(const std::string& statement) override { read(statement); }
  long long number(const std::string& query) override {
    return std::strtoll(::PQgetvalue(read(query).get(), 0, 0), nullptr, 10);
  }
  liveblocks::Result<bool> record(std::string_view id) override {
    return adapters::PostgresSeenStore::recordDelivery(connection_.get(), id, std::chrono::hours(72));
  }

 private:
  using Answer = adapters::detail::PostgresResult;

  Answer read(const std::string& text) {
    Answer result(::PQexec(connection_.get(), text.c_str()));
    const ExecStatusType status = ::PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      throw std::runtime_error(::PQerrorMessage(connection_.get()));
    }
    return result;
  }

  std::unique_ptr<PGconn, adapters::detail::FreePostgres> connection_;
};

}  // namespace

std::shared_ptr<liveblocks::webhooks::SeenStore> openStore(const std::string& kind, const std::string& address) {
  if (kind == "redis") {
    adapters::RedisSeenStoreOptions options;
    options.port = std::stoi(address);
    options.password = RedisServer::password;
    options.database = RedisServer::database;
    return std::make_shared<adapters::RedisSeenStore>(options);
  }
  if (kind == "sqlite") {
    adapters::SqliteSeenStoreOptions options;
    options.open = [address] { return openSqlite(address); };
    return std::make_shared<adapters::SqliteSeenStore>(options);
  }
  adapters::PostgresSeenStoreOptions options;
  options.connect = [address] { return ::PQconnectStart(address.c_str()); };
  return std::make_shared<adapters::PostgresSeenStore>(options);
}

std::unique_ptr<SqlClient> openSql(const std::string& kind, const std::string& address) {
  if (kind == "sqlite") return std::make_unique<SqliteClient>(address);
  return std::make_unique<PostgresClient>(address);
}

}  // namespace store_tests
