#include <pthread.h>

#include <array>
#include <random>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "guarded_server.hpp"
#include "server_fixture.hpp"

using liveblocks_tests::GuardedServer;
using liveblocks_tests::RawClient;
using liveblocks_tests::ServerFixture;
using liveblocks_tests::statusOf;

namespace {

class Targets {
 public:
  std::string next() {
    std::string target = pick() < parts.size() / 2 ? "/" : "";
    for (std::size_t count = 1 + pick() % 6; count > 0; --count) target += parts.at(pick());
    return target;
  }

 private:
  static constexpr std::array<std::string_view, 44> parts = {"/",
                                                             "/",
                                                             "/",
                                                             "/public",
                                                             "/public/",
                                                             "public",
                                                             "/public/x",
                                                             "/public/marker",
                                                             "secret",
                                                             "/secret",
                                                             "/files/secret.txt",
                                                             "/reports/",
                                                             "%2Freports%2F",
                                                             "%2F",
                                                             "%2f",
                                                             "//",
                                                             "..",
                                                             "/..",
                                                             "%2e%2e",
                                                             "%2E",
                                                             ".",
                                                             ";",
                                                             "%3B",
                                                             "\\",
                                                             "%5C",
                                                             "?",
                                                             "%3F",
                                                             "#",
                                                             "%23",
                                                             "http://",
                                                             "https://x",
                                                             "localhost",
                                                             "@",
                                                             ":80",
                                                             "%00",
                                                             "%",
                                                             "%25",
                                                             "%252F",
                                                             "%u002f",
                                                             "%0a",
                                                             "\t",
                                                             "*",
                                                             "\x80",
                                                             "x"};

  std::size_t pick() { return std::uniform_int_distribution<std::size_t>(0, parts.size() - 1)(random_); }

  std::mt19937 random_{20261129};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same targets every time.
};

/// Threads that are started have a stack of so many bytes, for the life of the object.
class SmallStacks {
 public:
  explicit SmallStacks(std::size_t size) {
    ::pthread_getattr_default_np(&before_);
    pthread_attr_t attributes;
    ::pthread_attr_init(&attributes);
    ::pthread_attr_setstacksize(&attributes, size);
    ::pthread_setattr_default_np(&attributes);
    ::pthread_attr_destroy(&attributes);
  }
  SmallStacks(const SmallStacks&) = delete;
  SmallStacks& operator=(const SmallStacks&) = delete;
  ~SmallStacks() {
    ::pthread_setattr_default_np(&before_);
    ::pthread_attr_destroy(&before_);
  }

 private:
  pthread_attr_t before_{};
};

}  // namespace

TEST_CASE_METHOD(GuardedServer, "no target leads a stranger to what is not public") {
  Targets targets;
  int reached = 0;
  for (int i = 0; i < 4000; ++i) {
    const std::string target = targets.next();
    const std::string response = get(target, "Connection: close\r\n");
    if (statusOf(response) != 200) continue;
    CAPTURE(target, response);
    const std::string body = response.substr(response.find("\r\n\r\n") + 4);
    CHECK((body.empty() || body == "public"));
    ++reached;
  }
  CHECK(reached > 50);
}

TEST_CASE_METHOD(ServerFixture, "a long path is harmless where stacks are small") {
  const SmallStacks small(1 << 20);
  startStrict();
  const std::string prefix = GENERATE("/", "/api/auth.v1", "/api/auth.v1/", "/%0A");
  const std::string method = GENERATE("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  RawClient client = connect();
  client.send(method + " " + prefix + std::string(8000, 'a') + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(statusOf(client.receive(method != "HEAD")) == 404);
  CHECK(statusOf(answerTo(post("{}"))) == 200);
}
