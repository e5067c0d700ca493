// What is special about the store in Redis.
#include <hiredis/hiredis.h>

#include <csignal>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include <liveblocks/adapters/redis_seen_store.hpp>
#include <liveblocks/webhooks/deduplicator.hpp>

#include "catch.hpp"
#include "redis_server.hpp"
#include "scripted_server.hpp"
#include "store_under_test.hpp"

using namespace store_tests;
using liveblocks::adapters::RedisSeenStore;
using liveblocks::adapters::RedisSeenStoreOptions;

namespace {

// webhooks.md redis: begin
webhooks::Deduplicator makeDeduplicator(const std::string& host, const liveblocks::Secret& password) {
  liveblocks::adapters::RedisSeenStoreOptions redis;
  redis.host = host;
  redis.password = password;
  webhooks::DeduplicatorOptions options;
  options.store = std::make_shared<liveblocks::adapters::RedisSeenStore>(redis);
  return webhooks::Deduplicator(options);
}
// webhooks.md redis: end

/// The error of a server that does not let one in, for a reason with that name.
liveblocks::Error rejected(const std::string& reason) {
  return {Errc::secretKeyRejected, "logging in to Redis: Redis refused a command: " + reason};
}

RedisSeenStoreOptions optionsOf(const RedisServer& server) {
  RedisSeenStoreOptions options;
  options.port = server.port();
  options.password = RedisServer::password;
  options.database = RedisServer::database;
  return options;
}

RedisSeenStoreOptions optionsOf(const ScriptedServer& server) {
  RedisSeenStoreOptions options;
  options.port = server.port();
  return options;
}

liveblocks::Error errorOf(const RedisSeenStoreOptions& options) {
  RedisSeenStore store(options);
  const auto state = store.claim("a", "one", minutes(1), soon());
  REQUIRE_FALSE(state);
  return state.error();
}

const std::string key = "liveblocks:webhook:a";

struct RedisFixture : StoreFixture {
  std::string command(const std::vector<std::string>& words) const { return redisServer().command(words); }

  /// Expects that a call is refused with a word, and that the next one works.
  void checkRefused(const std::string& word) const {
    const auto state = store->claim("a", "one", minutes(1), soon());
    REQUIRE_FALSE(state);
    CHECK(state.error().code == Errc::upstream);
    CHECK(state.error().message == "Redis refused a command: " + word);
  }
};

}  // namespace

TEST_CASE_METHOD(RedisFixture, "keys of Redis expire with the lease and when an id is forgotten") {
  REQUIRE(claim("a", "one", minutes(10)) == SeenState::fresh);
  const milliseconds lease(std::stoll(command({"PTTL", key})));
  CHECK((lease > milliseconds(0)));
  CHECK((lease <= minutes(10)));
  REQUIRE(done("a", "one", hours(28)));
  const milliseconds keep(std::stoll(command({"PTTL", key})));
  CHECK((keep > hours(28) - minutes(10)));
  CHECK((keep <= hours(28)));
  CHECK(command({"GET", key}) == "done");
}

TEST_CASE_METHOD(RedisFixture, "stores with different prefixes share a server") {
  auto options = optionsOf(redisServer());
  options.keyPrefix = "other:";
  RedisSeenStore other(options);
  REQUIRE(claim("a", "one") == SeenState::fresh);
  CHECK(other.claim("a", "two", minutes(1), soon()).value() == SeenState::fresh);
  CHECK(command({"GET", "other:a"}) == "held:two");
}

TEST_CASE_METHOD(RedisFixture, "Redis is reached through a Unix socket") {
  auto options = optionsOf(redisServer());
  options.host = redisServer().socket();
  options.port = 1;
  RedisSeenStore other(options);
  REQUIRE(other.claim("a", "one", minutes(1), soon()).value() == SeenState::fresh);
  CHECK(claim("a", "two") == SeenState::inProgress);
}

TEST_CASE_METHOD(RedisFixture, "the deduplicator of the guide handles a delivery once") {
  const auto deduplicator = makeDeduplicator(redisServer().socket(), RedisServer::password);
  const webhooks::Message message{"msg_1", {}, "{}"};
  CHECK(deduplicator.claim(message).value().done());
  CHECK(deduplicator.claim(message).value().state() == SeenState::done);
}

TEST_CASE_METHOD(RedisFixture, "Redis rejects who does not know the password") {
  auto options = optionsOf(redisServer());
  SECTION("wrong") {
    options.password = "secret of another server";
    CHECK(errorOf(options) == rejected("WRONGPASS"));
  }
  SECTION("of another user") {
    options.user = "nobody";
    CHECK(errorOf(options) == rejected("WRONGPASS"));
  }
  SECTION("of the named default user") {
    options.user = "default";
    CHECK(RedisSeenStore(options).claim("a", "one", minutes(1), soon()).value() == SeenState::fresh);
  }
  SECTION("none") {
    options.password = {};
    CHECK(errorOf(options) == liveblocks::Error{Errc::upstream, "Redis refused a command: NOAUTH"});
  }
}

TEST_CASE("a database that Redis does not have is an error") {
  auto options = optionsOf(redisServer());
  options.database = 9999;
  CHECK(errorOf(options) == liveblocks::Error{Errc::upstream, "Redis refused a command: ERR"});
}

TEST_CASE_METHOD(RedisFixture, "a replica that is read-only claims nothing") {
  command({"REPLICAOF", "127.0.0.1", "1"});
  checkRefused("READONLY");
  command({"REPLICAOF", "NO", "ONE"});
  CHECK(claim("a", "one") == SeenState::fresh);
}

TEST_CASE_METHOD(RedisFixture, "without memory Redis claims nothing, and still releases") {
  REQUIRE(claim("b", "one") == SeenState::fresh);
  command({"CONFIG", "SET", "maxmemory", "1"});
  checkRefused("OOM");
  release("b", "one");
  command({"CONFIG", "SET", "maxmemory", "0"});
  CHECK(command({"EXISTS", "liveblocks:webhook:b"}) == "0");
  CHECK(claim("a", "one") == SeenState::fresh);
}

TEST_CASE_METHOD(RedisFixture, "a key that holds something else is an error, and stays") {
  const bool isList = GENERATE(true, false);
  if (isList) {
    command({"LPUSH", key, "element"});
  } else {
    command({"SET", key, "something"});
  }
  const auto state = store->claim("a", "one", minutes(1), soon());
  REQUIRE_FALSE(state);
  CHECK(state.error().code == Errc::upstream);
  CHECK(done("a", "one").error().code == Errc::upstream);
  CHECK(store->release("a", "one", soon()).ok() == !isList);
  CHECK(command({"TYPE", key}) == (isList ? "list" : "string"));
  CHECK(claim("b", "one") == SeenState::fresh);
}

TEST_CASE("a connection of Redis may come from elsewhere") {
  auto options = optionsOf(redisServer());
  options.port = 1;
  options.connections = 1;
  int calls = 0;
  options.connect = [&calls](Deadline) -> redisContext* {
    ++calls;
    if (calls == 1) return nullptr;
    if (calls == 2) return ::redisConnect("127.0.0.1", 1);
    if (calls == 3) throw std::runtime_error("no certificate");
    return ::redisConnect("127.0.0.1", redisServer().port());
  };
  RedisSeenStore store(options);
  CHECK(store.claim("c", "one", minutes(1), soon()).error().code == Errc::connect);
  CHECK(store.claim("c", "one", minutes(1), soon()).error().code == Errc::connect);
  CHECK_THROWS_AS(store.claim("c", "one", minutes(1), soon()), std::runtime_error);
  CHECK(store.claim("c", "one", minutes(1), soon()).value() == SeenState::fresh);
  CHECK(store.claim("c", "two", minutes(1), soon()).value() == SeenState::inProgress);
  CHECK(calls == 4);
}

TEST_CASE("the options of a store in Redis have limits") {
  RedisSeenStoreOptions options;
  CHECK_NOTHROW(RedisSeenStore(options));
  SECTION("no host") { options.host = ""; }
  SECTION("port too small") { options.port = 0; }
  SECTION("port too large") { options.port = 65536; }
  SECTION("database") { options.database = -1; }
  SECTION("no connections") { options.connections = 0; }
  SECTION("too many connections") { options.connections = 1001; }
  CHECK_THROWS_AS(RedisSeenStore(options), std::invalid_argument);
}

TEST_CASE("errors of Redis are named by their first word, and nothing else is repeated") {
  const auto [reply, word] = GENERATE(table<std::string, std::string>({
      {"-MOVED 3999 127.0.0.1:6381", "MOVED"},
      {"-LOADING Redis is loading the dataset in memory", "LOADING"},
      {"-MASTERDOWN Link with MASTER is down", "MASTERDOWN"},
      {"-ERR unknown command `EVAL`, with args beginning with: `secret`", "ERR"},
      {"-secret", ""},
  }));
  const ScriptedServer server([text = reply](int, int) { return ScriptedServer::Reply{text + "\r\n"}; });
  CHECK(errorOf(optionsOf(server)) == liveblocks::Error{Errc::upstream, "Redis refused a command: " + word});
}

TEST_CASE("a refusal of the password does not repeat it") {
  const ScriptedServer server([](int, int) {
    return ScriptedServer::Reply{"-ERR unknown command `AUTH`, with args beginning with: `topsecret`\r\n"};
  });
  auto options = optionsOf(server);
  options.password = "topsecret";
  CHECK(errorOf(options) == rejected("ERR"));
}

TEST_CASE("replies that are none of Redis are errors") {
  const std::string reply = GENERATE("HTTP/1.1 400 Bad Request\r\n", "$3\r\nabc\r\n", "*0\r\n", "$-1\r\n");
  const ScriptedServer server([reply](int, int) { return ScriptedServer::Reply{reply}; });
  CHECK(errorOf(optionsOf(server)).code == Errc::upstream);
}

TEST_CASE("a state that Redis does not have is an error") {
  const std::string reply = GENERATE(":7\r\n", "+OK\r\n");
  const ScriptedServer server([reply](int, int) { return ScriptedServer::Reply{reply}; });
  CHECK(errorOf(optionsOf(server)).code == Errc::upstream);
}

TEST_CASE("a server that accepts and never replies is a timeout") {
  const ScriptedServer server([](int, int) { return ScriptedServer::Reply{}; });
  RedisSeenStore store(optionsOf(server));
  const auto end = std::chrono::steady_clock::now() + milliseconds(100);
  CHECK(store.claim("a", "one", minutes(1), end).error().code == Errc::timeout);
  CHECK(std::chrono::steady_clock::now() >= end);
}

TEST_CASE("what a server sends between two calls is not the reply of the next one") {
  const ScriptedServer server([](int connection, int) {
    if (connection > 0) return ScriptedServer::Reply{":1\r\n"};
    return ScriptedServer::Reply{":0\r\n", false, ":2\r\n"};
  });
  RedisSeenStore store(optionsOf(server));
  CHECK(store.claim("a", "one", minutes(1), soon()).value() == SeenState::fresh);
  while (server.lateReplies() == 0) std::this_thread::yield();
  CHECK(store.claim("b", "one", minutes(1), soon()).value() == SeenState::inProgress);
}

TEST_CASE("a second reply to a call is not that of the next one") {
  const std::string more = GENERATE(":2\r\n", ":2", "+");
  const ScriptedServer server(
      [&](int connection, int) { return ScriptedServer::Reply{connection == 0 ? ":0\r\n" + more : ":1\r\n"}; });
  RedisSeenStore store(optionsOf(server));
  CHECK(store.claim("a", "one", minutes(1), soon()).value() == SeenState::fresh);
  CHECK(store.claim("b", "one", minutes(1), soon()).value() == SeenState::inProgress);
  CHECK(server.connections() == 2);
}

TEST_CASE("a reply that comes after the deadline is not that of the next call") {
  const ScriptedServer server([](int connection, int) {
    if (connection > 0) return ScriptedServer::Reply{":1\r\n"};
    std::this_thread::sleep_for(milliseconds(300));
    return ScriptedServer::Reply{":2\r\n"};
  });
  RedisSeenStore store(optionsOf(server));
  const auto early = std::chrono::steady_clock::now() + milliseconds(50);
  CHECK(store.claim("a", "one", minutes(1), early).error().code == Errc::timeout);
  CHECK(store.claim("b", "one", minutes(1), soon()).value() == SeenState::inProgress);
}

TEST_CASE("an unused connection that the server closes is replaced, and a new one is not") {
  const bool always = GENERATE(false, true);
  const ScriptedServer server([always](int connection, int request) {
    const bool isCut = always || (connection == 0 && request == 1);
    return isCut ? ScriptedServer::Reply{std::nullopt, true} : ScriptedServer::Reply{":0\r\n"};
  });
  RedisSeenStore store(optionsOf(server));
  const auto first = store.claim("a", "one", minutes(1), soon());
  CHECK(first.ok() == !always);
  if (always) {
    CHECK(first.error().code == Errc::reset);
  } else {
    CHECK(store.claim("a", "one", minutes(1), soon()).value() == SeenState::fresh);
  }
  CHECK(server.connections() == (always ? 1 : 2));
}

TEST_CASE("a server that goes away between commands is an error, and no signal") {
  const TemporaryFolder folder;
  const ScriptedServer server([](int, int) { return ScriptedServer::Reply{"+OK\r\n", true}; }, folder / "socket");
  RedisSeenStoreOptions options;
  options.host = folder / "socket";
  options.password = "secret";
  options.database = 1;
  for (int i = 0; i < 50; ++i) CHECK(errorOf(options).code == Errc::reset);
}

TEST_CASE("writing to Redis leaves a signal that was pending as it was") {
  sigset_t pipe;
  sigset_t before;
  sigset_t pending;
  ::sigemptyset(&pipe);
  ::sigaddset(&pipe, SIGPIPE);
  REQUIRE(::pthread_sigmask(SIG_BLOCK, &pipe, &before) == 0);
  REQUIRE(::pthread_kill(::pthread_self(), SIGPIPE) == 0);
  CHECK(RedisSeenStore(optionsOf(redisServer())).claim("d", "one", minutes(1), soon()).ok());
  ::sigpending(&pending);
  CHECK(::sigismember(&pending, SIGPIPE) == 1);
  const timespec atOnce{};
  CHECK(::sigtimedwait(&pipe, nullptr, &atOnce) == SIGPIPE);
  REQUIRE(::pthread_sigmask(SIG_SETMASK, &before, nullptr) == 0);
}
