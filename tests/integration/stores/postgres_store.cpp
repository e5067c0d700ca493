// The store in PostgreSQL.
#include <memory>
#include <string>

#include <liveblocks/adapters/postgres_seen_store.hpp>

#include "open_store.hpp"
#include "postgres_server.hpp"
#include "store_under_test.hpp"

namespace store_tests {
namespace {

class PostgresUnderTest final : public ServerUnderTest {
 public:
  PostgresUnderTest() { client()->run(liveblocks::adapters::PostgresSeenStore::tableDefinition); }

  std::shared_ptr<webhooks::SeenStore> open() override { return openStore(kind, address()); }
  std::string address() const override { return postgresServer().address(); }
  void pass(seconds time) override {
    client()->run("UPDATE liveblocks_webhook_ids SET expires = expires - " +
                  std::to_string(milliseconds(time).count()));
  }
  void clear() override { client()->run("DELETE FROM liveblocks_webhook_ids"); }
  void removeExpired() override {
    if (!cleaner_) cleaner_ = std::dynamic_pointer_cast<liveblocks::adapters::PostgresSeenStore>(open());
    cleaner_->removeExpired(1000, soon()).value();
  }
  void stall() override { postgresServer().stall(); }
  void resume() override { postgresServer().resume(); }
  void stop() override {
    client_.reset();
    postgresServer().stop();
  }
  void start() override { postgresServer().start(); }

 private:
  SqlClient* client() {
    if (!client_) client_ = openSql(kind, address());
    return client_.get();
  }

  std::unique_ptr<SqlClient> client_;
  std::shared_ptr<liveblocks::adapters::PostgresSeenStore> cleaner_;
};

}  // namespace

const char* const kind = LIVEBLOCKS_TESTED_STORE;

PostgresServer& postgresServer() {
  static PostgresServer server;
  return server;
}

StoreUnderTest& storeUnderTest() {
  postgresServer();
  static PostgresUnderTest postgres;
  return postgres;
}

}  // namespace store_tests
