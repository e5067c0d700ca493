// What is special about the store in SQLite.
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <liveblocks/adapters/sqlite_seen_store.hpp>

#include "catch.hpp"
#include "child_process.hpp"
#include "open_store.hpp"
#include "store_under_test.hpp"

using namespace store_tests;
using liveblocks::adapters::SqliteSeenStore;

namespace {

/// A database in memory, with the table.
sqlite3* openInMemory() {
  sqlite3* database = nullptr;
  ::sqlite3_open(":memory:", &database);
  ::sqlite3_exec(database, SqliteSeenStore::tableDefinition, nullptr, nullptr, nullptr);
  return database;
}

}  // namespace

TEST_CASE("the database of a store may be in memory, and is opened once") {
  int calls = 0;
  SqliteSeenStore store({[&calls] {
    ++calls;
    return openInMemory();
  }});
  CHECK(store.claim("a", "one", minutes(1), soon()).value() == SeenState::fresh);
  CHECK(store.claim("a", "two", minutes(1), soon()).value() == SeenState::inProgress);
  CHECK(calls == 1);
}

TEST_CASE("a store in SQLite needs a way to open the database") {
  CHECK_THROWS_AS(SqliteSeenStore({}), std::invalid_argument);
  SqliteSeenStore store({[]() -> sqlite3* { return nullptr; }});
  CHECK(store.claim("a", "one", minutes(1), soon()).error().code == Errc::connect);
  SqliteSeenStore throwing({[]() -> sqlite3* { throw std::runtime_error("no key"); }});
  for (int i = 0; i < 2; ++i) CHECK_THROWS_AS(throwing.claim("a", "one", minutes(1), soon()), std::runtime_error);
}

TEST_CASE("a file that cannot be opened is no connection, however detailed its error is") {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("elsewhere", folder / "link");
  const int more = GENERATE(0, SQLITE_OPEN_EXRESCODE);
  SqliteSeenStore store({[path = folder / "link", more] {
    sqlite3* database = nullptr;
    ::sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | more, nullptr);
    return database;
  }});
  CHECK(store.claim("a", "one", minutes(1), soon()).error().code == Errc::connect);
}

TEST_CASE("a file that is no database is an error") {
  const TemporaryFolder folder;
  std::ofstream(folder / "text") << std::string(5000, 'x');
  SqliteSeenStore store({[path = folder / "text"] {
    sqlite3* database = nullptr;
    ::sqlite3_open(path.c_str(), &database);
    return database;
  }});
  CHECK(store.claim("a", "one", minutes(1), soon()).error().code == Errc::upstream);
}

TEST_CASE_METHOD(StoreFixture, "a database that is read-only claims nothing") {
  SqliteSeenStore reader({[address = dynamic_cast<ServerUnderTest&>(under).address()] {
    sqlite3* database = nullptr;
    ::sqlite3_open_v2(address.c_str(), &database, SQLITE_OPEN_READONLY, nullptr);
    return database;
  }});
  CHECK(reader.claim("a", "one", minutes(1), soon()).error().code == Errc::upstream);
}

TEST_CASE_METHOD(StoreFixture, "stores work beside readers in WAL mode and without it") {
  const auto client = openSql(kind, dynamic_cast<ServerUnderTest&>(under).address());
  const bool isWal = GENERATE(true, false);
  client->run(isWal ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = DELETE");
  std::vector<std::thread> threads;
  threads.reserve(3);
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([this, i] {
      const auto own = under.open();
      for (int id = 0; id < 30; ++id) {
        const std::string name = std::to_string(i) + "-" + std::to_string(id);
        own->claim(name, "one", minutes(1), soon()).value();
        own->done(name, "one", hours(72), soon()).value();
      }
    });
  }
  for (int i = 0; i < 100; ++i) client->number("SELECT count(*) FROM liveblocks_webhook_ids");
  for (std::thread& thread : threads) thread.join();
  CHECK(client->number("SELECT count(*) FROM liveblocks_webhook_ids WHERE holder IS NULL") == 90);
}

TEST_CASE_METHOD(StoreFixture, "the table takes nothing that is no id, holder or time") {
  const auto client = openSql(kind, dynamic_cast<ServerUnderTest&>(under).address());
  const std::string row = GENERATE("'text', NULL, 0", "x'61', 'text', 0", "x'61', NULL, 'soon'", "x'61', NULL, NULL");
  CHECK_THROWS_AS(client->run("INSERT INTO liveblocks_webhook_ids VALUES (" + row + ")"), std::runtime_error);
  CHECK(claim("a", "one") == SeenState::fresh);
}
