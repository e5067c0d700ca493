// The store in Redis.
#include <memory>
#include <string>

#include "open_store.hpp"
#include "redis_server.hpp"
#include "store_under_test.hpp"

namespace store_tests {
namespace {

class RedisUnderTest final : public ServerUnderTest {
 public:
  std::shared_ptr<webhooks::SeenStore> open() override { return openStore(kind, address()); }
  std::string address() const override { return std::to_string(redisServer().port()); }
  void pass(seconds time) override {
    redisServer().command({"EVAL", R"(for _, key in ipairs(redis.call('KEYS', '*')) do
  local left = redis.call('PTTL', key) - ARGV[1]
  if left > 0 then redis.call('PEXPIRE', key, left) else redis.call('DEL', key) end
end
return 0)",
                           "0", std::to_string(milliseconds(time).count())});
  }
  void clear() override { redisServer().command({"FLUSHALL"}); }
  void stall() override { redisServer().stall(); }
  void resume() override { redisServer().resume(); }
  void stop() override { redisServer().stop(); }
  void start() override { redisServer().start(); }
};

}  // namespace

const char* const kind = LIVEBLOCKS_TESTED_STORE;

RedisServer& redisServer() {
  static RedisServer server;
  return server;
}

StoreUnderTest& storeUnderTest() {
  static RedisUnderTest redis;
  return redis;
}

}  // namespace store_tests
