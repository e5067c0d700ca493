// What the stores in SQL databases have in common: handling in a transaction, and expired rows.
#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <liveblocks/webhooks/deduplicator.hpp>

#include "catch.hpp"
#include "child_process.hpp"
#include "open_store.hpp"
#include "sql_store.hpp"
#include "store_under_test.hpp"

using namespace store_tests;

namespace {

struct SqlFixture : StoreFixture {
  std::string address = dynamic_cast<ServerUnderTest&>(under).address();
  std::unique_ptr<SqlClient> client = openSql(kind, address);

  bool record(std::string_view id) const { return client->record(id).value(); }
  std::size_t removeExpired(std::size_t limit) const {
    return dynamic_cast<SqlStore&>(*store).removeExpired(limit, soon()).value();
  }
  long long rows() const { return client->number("SELECT count(*) FROM liveblocks_webhook_ids"); }
};

}  // namespace

TEST_CASE_METHOD(SqlFixture, "a delivery is recorded with its transaction") {
  const bool isCommitted = GENERATE(true, false);
  client->begin();
  CHECK(record("a"));
  CHECK_FALSE(record("a"));
  client->run(isCommitted ? "COMMIT" : "ROLLBACK");
  client->begin();
  CHECK(record("a") == !isCommitted);
  client->run("ROLLBACK");
  CHECK(claim("a", "one") == (isCommitted ? SeenState::done : SeenState::fresh));
}

TEST_CASE_METHOD(SqlFixture, "a delivery that a deduplicator has claimed is recorded once") {
  webhooks::DeduplicatorOptions options;
  options.store = store;
  const webhooks::Deduplicator deduplicator(options);
  const webhooks::Message message{"msg_1", {}, "{}"};
  auto claim = deduplicator.claim(message).value();
  REQUIRE(claim.state() == SeenState::fresh);
  client->begin();
  CHECK(record(message.id));
  client->run("COMMIT");
  CHECK(deduplicator.claim(message).value().state() == SeenState::done);
  CHECK(claim.done());
  client->begin();
  CHECK_FALSE(record(message.id));
  client->run("ROLLBACK");
}

TEST_CASE_METHOD(SqlFixture, "a release after the commit does not undo it") {
  REQUIRE(claim("a", "one") == SeenState::fresh);
  client->begin();
  REQUIRE(record("a"));
  client->run("COMMIT");
  release("a", "one");
  CHECK(claim("a", "two") == SeenState::done);
}

TEST_CASE_METHOD(SqlFixture, "a record outlives its time until it is removed") {
  client->begin();
  REQUIRE(record("a"));
  client->run("COMMIT");
  under.pass(hours(73));
  client->begin();
  CHECK_FALSE(record("a"));
  client->run("COMMIT");
  CHECK(removeExpired(10) == 1);
  client->begin();
  CHECK(record("a"));
  client->run("COMMIT");
}

TEST_CASE_METHOD(SqlFixture, "a delivery is recorded in transactions only, with valid arguments") {
  CHECK_THROWS_AS(static_cast<void>(client->record("a")), std::logic_error);
  client->begin();
  CHECK_THROWS_AS(static_cast<void>(client->record("")), std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(client->record(std::string(322, 'x'))), std::invalid_argument);
  CHECK(record(std::string(321, 'x')));
  client->run("ROLLBACK");
  CHECK(rows() == 0);
}

TEST_CASE_METHOD(SqlFixture, "one of two transactions at the same time is the first") {
  const bool isCommitted = GENERATE(true, false);
  const auto other = openSql(kind, address);
  client->begin();
  REQUIRE(record("a"));
  std::optional<bool> isFirst;
  std::thread second([&] {
    other->begin();
    isFirst = other->record("a").value();
    other->run("COMMIT");
  });
  std::this_thread::sleep_for(milliseconds(50));
  client->run(isCommitted ? "COMMIT" : "ROLLBACK");
  second.join();
  CHECK(isFirst == !isCommitted);
}

TEST_CASE_METHOD(SqlFixture, "a claim waits for a transaction with its id, and respects its deadline") {
  client->begin();
  REQUIRE(record("a"));
  const auto early = std::chrono::steady_clock::now() + milliseconds(100);
  CHECK(store->claim("a", "one", minutes(1), early).error().code == Errc::timeout);
  std::thread later([&] {
    std::this_thread::sleep_for(milliseconds(50));
    client->run("COMMIT");
  });
  CHECK(claim("a", "two") == SeenState::done);
  later.join();
}

TEST_CASE_METHOD(SqlFixture, "processes that die in their transactions do the work of each event exactly once") {
  client->run("DROP TABLE IF EXISTS work");
  client->run("CREATE TABLE work (id text)");
  constexpr int events = 60;
  std::vector<std::thread> workers;
  workers.reserve(3);
  std::atomic<int> deaths{0};
  for (int i = 0; i < 3; ++i) {
    workers.emplace_back([this, i, &deaths] {
      const std::string name = "process" + std::to_string(i);
      for (int status = 1; status != 0;) {
        ChildProcess process({LIVEBLOCKS_CLAIMER, kind, address, "transact", name, std::to_string(events)});
        process.release();
        status = process.wait();
        if (status != 0) ++deaths;
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  CHECK(deaths > 0);
  CHECK(client->number("SELECT count(*) FROM work") == events);
  CHECK(client->number("SELECT count(DISTINCT id) FROM work") == events);
}

TEST_CASE_METHOD(SqlFixture, "expired rows are removed up to a limit, the oldest first, and no others") {
  for (int i = 0; i < 5; ++i) {
    REQUIRE(done("old" + std::to_string(i), "one", hours(28) + minutes(5 - i)));
  }
  REQUIRE(claim("the oldest", "one", minutes(1)) == SeenState::fresh);
  under.pass(hours(28) + minutes(10));
  REQUIRE(done("kept", "one", hours(28)));
  REQUIRE(claim("held", "one", hours(1)) == SeenState::fresh);
  CHECK(rows() == 8);
  CHECK(removeExpired(2) == 2);
  CHECK(client->number("SELECT count(*) FROM liveblocks_webhook_ids WHERE holder IS NULL") == 5);
  CHECK(removeExpired(3) == 3);
  CHECK(removeExpired(100) == 1);
  CHECK(removeExpired(100) == 0);
  CHECK(rows() == 2);
  CHECK(claim("kept", "two") == SeenState::done);
  CHECK(claim("held", "two") == SeenState::inProgress);
}

TEST_CASE_METHOD(SqlFixture, "a row that is taken up while it is being removed stays") {
  REQUIRE(claim("a", "one") == SeenState::fresh);
  under.pass(minutes(2));
  client->begin();
  client->run("UPDATE liveblocks_webhook_ids SET expires = expires + 600000");
  std::optional<std::size_t> removed;
  std::thread remover([&] { removed = removeExpired(10); });
  std::this_thread::sleep_for(milliseconds(50));
  client->run("COMMIT");
  remover.join();
  CHECK(removed == 0);
  CHECK(claim("a", "two") == SeenState::inProgress);
}

TEST_CASE_METHOD(SqlFixture, "the number of rows to remove has limits") {
  const std::size_t limit = GENERATE(std::size_t{0}, std::size_t{1'000'001});
  CHECK_THROWS_AS(removeExpired(limit), std::invalid_argument);
  CHECK_NOTHROW(removeExpired(1'000'000));
}

TEST_CASE_METHOD(SqlFixture, "a table that is missing is an error, and is found when it is there") {
  client->run("ALTER TABLE liveblocks_webhook_ids RENAME TO away");
  const auto state = store->claim("a", "one", minutes(1), soon());
  const auto done = store->done("a", "one", hours(72), soon());
  client->begin();
  const auto recorded = client->record("a");
  client->run("ROLLBACK");
  client->run("ALTER TABLE away RENAME TO liveblocks_webhook_ids");
  REQUIRE_FALSE(state);
  CHECK(state.error().code == Errc::upstream);
  CHECK(state.error().message.find("liveblocks_webhook_ids") != std::string::npos);
  REQUIRE_FALSE(done);
  CHECK(done.error() == state.error());
  REQUIRE_FALSE(recorded);
  CHECK(recorded.error() == state.error());
  CHECK(claim("a", "one") == SeenState::fresh);
}

TEST_CASE_METHOD(SqlFixture, "an index finds expired rows, and the definition can be run again") {
  client->run(SqlStore::tableDefinition);
  REQUIRE(claim("a", "one") == SeenState::fresh);
  client->run(SqlStore::tableDefinition);
  CHECK(claim("a", "two") == SeenState::inProgress);
}
