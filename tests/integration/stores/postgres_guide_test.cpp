// What docs/webhooks.md shows for PostgreSQL.
#include <libpq-fe.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include <liveblocks/adapters/postgres_seen_store.hpp>
#include <liveblocks/webhooks/verifier.hpp>

#include "catch.hpp"
#include "open_store.hpp"
#include "postgres_server.hpp"
#include "store_under_test.hpp"

using namespace store_tests;
using liveblocks::adapters::PostgresSeenStore;

namespace {

using Work = std::function<bool(PGconn*, const webhooks::Message&)>;

void log(const std::string& line) { FAIL(line); }

// webhooks.md postgres: begin
std::shared_ptr<PostgresSeenStore> makeStore(const std::string& address) {
  liveblocks::adapters::PostgresSeenStoreOptions options;
  options.connect = [address] { return PQconnectStart(address.c_str()); };
  return std::make_shared<PostgresSeenStore>(options);
}

// Call it every minute or so, in any of the processes.
void cleanUp(PostgresSeenStore& store) {
  constexpr std::size_t atOnce = 1000;
  for (;;) {
    const auto count = store.removeExpired(atOnce, std::chrono::steady_clock::now() + std::chrono::seconds(5));
    if (!count) log(count.error().message);
    if (!count || *count < atOnce) return;
  }
}
// webhooks.md postgres: end

// webhooks.md transaction: begin
bool run(PGconn* connection, const std::string& statement) {
  PGresult* const result = PQexec(connection, statement.c_str());
  const bool isDone = PQcmdStatus(result) == statement;  // COMMIT of a transaction that has failed is a ROLLBACK.
  PQclear(result);
  return isDone;
}

// Returns the status of the response. The work uses the connection, and returns false if it has failed.
int takeOnce(PGconn* connection, const webhooks::Message& message, const Work& work) {
  if (!run(connection, "BEGIN")) return 503;
  const auto isFirst = PostgresSeenStore::recordDelivery(connection, message.id, std::chrono::hours(72));
  const bool isHandled = isFirst && (!*isFirst || work(connection, message));
  if (isHandled && run(connection, "COMMIT")) return 200;
  run(connection, "ROLLBACK");
  return 500;
}
// webhooks.md transaction: end

}  // namespace

TEST_CASE_METHOD(StoreFixture, "the work of the guide is done in one transaction with the id") {
  using liveblocks::adapters::detail::FreePostgres;
  const std::unique_ptr<PGconn, FreePostgres> connection(::PQconnectdb(postgresServer().address().c_str()));
  ::PQsetNoticeProcessor(
      connection.get(), [](void*, const char*) {}, nullptr);
  const webhooks::Message message{"msg_1", {}, "{}"};
  int calls = 0;
  const auto fail = [](PGconn*, const webhooks::Message&) { return false; };
  const auto hideFailure = [](PGconn* given, const webhooks::Message&) {
    run(given, "SELECT nothing");
    return true;
  };
  const auto work = [&calls](PGconn*, const webhooks::Message&) {
    ++calls;
    return true;
  };
  CHECK(takeOnce(connection.get(), message, fail) == 500);
  CHECK(takeOnce(connection.get(), message, hideFailure) == 500);
  CHECK(takeOnce(connection.get(), message, work) == 200);
  CHECK(takeOnce(connection.get(), message, work) == 200);
  CHECK(calls == 1);
  CHECK(claim("msg_1", "one") == SeenState::done);
}

TEST_CASE_METHOD(StoreFixture, "the cleaning of the guide removes more rows than at once") {
  const auto guided = makeStore(postgresServer().address());
  const auto client = openSql(kind, postgresServer().address());
  client->run("INSERT INTO liveblocks_webhook_ids SELECT int4send(n), NULL, 0 FROM generate_series(1, 2500) AS n");
  REQUIRE(guided->claim("a", "one", minutes(1), soon()).value() == SeenState::fresh);
  cleanUp(*guided);
  CHECK(client->number("SELECT count(*) FROM liveblocks_webhook_ids") == 1);
}
