// The store in a file of SQLite.
#include <filesystem>
#include <memory>
#include <string>

#include <sqlite3.h>

#include <liveblocks/adapters/sqlite_seen_store.hpp>

#include "child_process.hpp"
#include "open_store.hpp"
#include "store_under_test.hpp"

namespace store_tests {
namespace {

class SqliteUnderTest final : public ServerUnderTest {
 public:
  SqliteUnderTest() {
    sqlite3* database = nullptr;
    ::sqlite3_open(address().c_str(), &database);
    ::sqlite3_close(database);
    openSql(kind, address())->run(liveblocks::adapters::SqliteSeenStore::tableDefinition);
  }

  std::shared_ptr<webhooks::SeenStore> open() override { return openStore(kind, address()); }
  std::string address() const override { return folder_ / "ids.db"; }
  void pass(seconds time) override {
    openSql(kind, address())
        ->run("UPDATE liveblocks_webhook_ids SET expires = expires - " + std::to_string(milliseconds(time).count()));
  }
  void clear() override { openSql(kind, address())->run("DELETE FROM liveblocks_webhook_ids"); }
  void removeExpired() override {
    if (!cleaner_) cleaner_ = std::dynamic_pointer_cast<liveblocks::adapters::SqliteSeenStore>(open());
    cleaner_->removeExpired(1000, soon()).value();
  }
  void stall() override {
    lock_ = openSql(kind, address());
    lock_->run("BEGIN EXCLUSIVE");
  }
  void resume() override { lock_.reset(); }
  void stop() override {
    std::filesystem::rename(address(), folder_ / "away");
    std::filesystem::create_directory(address());
  }
  void start() override {
    std::filesystem::remove(address());
    std::filesystem::rename(folder_ / "away", address());
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<SqlClient> lock_;
  std::shared_ptr<liveblocks::adapters::SqliteSeenStore> cleaner_;
};

}  // namespace

const char* const kind = LIVEBLOCKS_TESTED_STORE;

StoreUnderTest& storeUnderTest() {
  static SqliteUnderTest sqlite;
  return sqlite;
}

}  // namespace store_tests
