// What is special about the store in PostgreSQL.
#include <libpq-fe.h>

#include <memory>
#include <stdexcept>
#include <string>

#include <liveblocks/adapters/postgres_seen_store.hpp>

#include "catch.hpp"
#include "open_store.hpp"
#include "postgres_server.hpp"
#include "scripted_server.hpp"
#include "store_under_test.hpp"

using namespace store_tests;
using liveblocks::adapters::PostgresSeenStore;
using liveblocks::adapters::PostgresSeenStoreOptions;

namespace {

PostgresSeenStoreOptions optionsOf(const std::string& address) {
  PostgresSeenStoreOptions options;
  options.connect = [address] { return ::PQconnectStart(address.c_str()); };
  return options;
}

liveblocks::Error errorOf(const PostgresSeenStoreOptions& options, Deadline deadline = soon()) {
  PostgresSeenStore store(options);
  const auto state = store.claim("a", "one", minutes(1), deadline);
  REQUIRE_FALSE(state);
  return state.error();
}

struct PostgresFixture : StoreFixture {
  std::unique_ptr<SqlClient> client = openSql(kind, postgresServer().address());
};

}  // namespace

TEST_CASE("a store in PostgreSQL without a connection is an error that tells no password") {
  const liveblocks::Error expected{Errc::connect, "there is no connection to PostgreSQL"};
  CHECK(errorOf(optionsOf(postgresServer().address("wrong"))) == expected);
  CHECK(errorOf(optionsOf("host=/nowhere")) == expected);
  CHECK(errorOf(optionsOf("secret without a name")) == expected);
  PostgresSeenStoreOptions options;
  options.connect = []() -> PGconn* { return nullptr; };
  CHECK(errorOf(options) == expected);
}

TEST_CASE("the options of a store in PostgreSQL have limits") {
  PostgresSeenStoreOptions options;
  CHECK_THROWS_AS(PostgresSeenStore(options), std::invalid_argument);
  options.connect = []() -> PGconn* { return nullptr; };
  options.connections = GENERATE(std::size_t{0}, std::size_t{1001});
  CHECK_THROWS_AS(PostgresSeenStore(options), std::invalid_argument);
}

TEST_CASE_METHOD(PostgresFixture, "a connection to PostgreSQL may be complete") {
  PostgresSeenStoreOptions options;
  options.connect = [] { return ::PQconnectdb(postgresServer().address().c_str()); };
  PostgresSeenStore other(options);
  CHECK(other.claim("a", "one", minutes(1), soon()).value() == SeenState::fresh);
}

TEST_CASE("a server that accepts and never replies is a timeout for PostgreSQL") {
  const ScriptedServer server([](int, int) { return ScriptedServer::Reply{}; });
  const auto end = std::chrono::steady_clock::now() + milliseconds(100);
  const std::string address = "hostaddr=127.0.0.1 user=application port=" + std::to_string(server.port());
  CHECK(errorOf(optionsOf(address), end).code == Errc::timeout);
  CHECK(std::chrono::steady_clock::now() >= end);
}

TEST_CASE("a server that is none of PostgreSQL is an error") {
  const ScriptedServer server([](int, int) { return ScriptedServer::Reply{"HTTP/1.1 400 Bad Request\r\n", true}; });
  const std::string address = "hostaddr=127.0.0.1 user=application port=" + std::to_string(server.port());
  CHECK(errorOf(optionsOf(address)).code == Errc::connect);
}

TEST_CASE_METHOD(PostgresFixture, "a database that is read-only claims nothing") {
  const std::string options = " options='-c default_transaction_read_only=on'";
  const auto error = errorOf(optionsOf(postgresServer().address() + options));
  CHECK(error == liveblocks::Error{Errc::upstream, "PostgreSQL refused a statement: 25006"});
}

TEST_CASE_METHOD(PostgresFixture, "a connection that an administrator ends is replaced") {
  PostgresSeenStore other(optionsOf(postgresServer().address() + " application_name=ended"));
  REQUIRE(other.claim("a", "one", minutes(1), soon()).value() == SeenState::fresh);
  client->run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ended'");
  CHECK(other.claim("a", "two", minutes(1), soon()).value() == SeenState::inProgress);
}

TEST_CASE_METHOD(PostgresFixture, "a statement that waits for a lock is a timeout, and its late result is nobody's") {
  REQUIRE(done("known", "one"));
  client->begin();
  client->run("LOCK TABLE liveblocks_webhook_ids");
  const auto early = std::chrono::steady_clock::now() + milliseconds(100);
  CHECK(store->claim("known", "one", minutes(1), early).error().code == Errc::timeout);
  client->run("COMMIT");
  CHECK(claim("new", "one") == SeenState::fresh);
}

TEST_CASE_METHOD(PostgresFixture, "a claim that is repeated in a stricter isolation gives a state or an error") {
  const std::string options = " options='-c default_transaction_isolation=serializable'";
  PostgresSeenStore other(optionsOf(postgresServer().address() + options));
  CHECK(other.claim("a", "one", minutes(1), soon()).value() == SeenState::fresh);
  CHECK(claim("a", "two") == SeenState::inProgress);
  CHECK(other.done("a", "one", hours(72), soon()));
  CHECK(claim("a", "two") == SeenState::done);
}

TEST_CASE_METHOD(PostgresFixture, "an error in a transaction of the application is returned") {
  client->begin();
  CHECK_THROWS_AS(client->run("SELECT nothing"), std::runtime_error);
  const auto recorded = client->record("a");
  REQUIRE_FALSE(recorded);
  CHECK(recorded.error() == liveblocks::Error{Errc::upstream, "PostgreSQL refused a statement: 25P02"});
  client->run("ROLLBACK");
}
