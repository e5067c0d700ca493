#include "cache_fixture.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

using namespace std::chrono_literals;
using Catch::Matchers::StartsWith;
using liveblocks::Errc;
using liveblocks::Error;
using liveblocks_tests::CacheFixture;

namespace {
constexpr Errc found{};
}

TEST_CASE_METHOD(CacheFixture, "keys are fetched at the first look-up and kept") {
  CHECK(fetches == 0);
  CHECK(find("k") == found);
  CHECK(find("k") == found);
  clock->advance(239s + 999ms);
  CHECK(find("k") == found);
  CHECK(fetches == 1);
}

TEST_CASE_METHOD(CacheFixture, "at the soft age keys are fetched anew") {
  find("k");
  clock->advance(300s);
  CHECK(find("k") == found);
  CHECK(fetches == 2);
  clock->advance(239s);
  CHECK(find("k") == found);
  CHECK(fetches == 2);
}

TEST_CASE_METHOD(CacheFixture, "programs that fetched at the same time do not all refresh at the same time") {
  constexpr int count = 200;
  std::vector<CachePointer> caches;
  for (int i = 0; i < count; ++i) {
    clock->advance(1ms);  // Their clocks differ by that.
    caches.push_back(cacheWith({}));
  }
  for (const auto& each : caches) REQUIRE(find(each, "k", in(20s)));
  clock->advance(240s - 1s);
  std::vector<int> refreshes;
  for (int i = 0; i <= 61; ++i) {
    const int before = fetches;
    for (const auto& each : caches) REQUIRE(find(each, "k", in(20s)));
    refreshes.push_back(fetches - before);
    clock->advance(1s);
  }
  CHECK(refreshes.front() == 0);
  CHECK(std::accumulate(refreshes.begin(), refreshes.end(), 0) == count);
  CHECK(*std::max_element(refreshes.begin(), refreshes.end()) < count / 10);
}

TEST_CASE_METHOD(CacheFixture, "a soft refresh that fails costs nobody the key") {
  find("k");
  peer = [](Deadline) { return bad(); };
  clock->advance(300s);
  CHECK(find("k") == found);
  CHECK(find("k") == found);
  CHECK(fetches == 2);
}

TEST_CASE_METHOD(CacheFixture, "while one fetch after another fails, each of them is one request") {
  peer = [](Deadline) { return bad(); };
  for (const bool isFirst : {true, false, false}) {
    find("k");
    CHECK(repeats == isFirst);
    clock->advance(5s);
  }
  peer = [](Deadline) { return good("k"); };
  CHECK(find("k") == found);
  CHECK_FALSE(repeats);
  clock->advance(300s);
  CHECK(find("k") == found);
  CHECK(repeats);
  CHECK(fetches == 5);
}

TEST_CASE_METHOD(CacheFixture, "a fetch that is cancelled is no outage") {
  peer = [](Deadline) -> Fetched { return Error{Errc::cancelled, "stopped"}; };
  CHECK(find("k") == Errc::cancelled);
  CHECK(refresh(in(20s)).error().code == Errc::cancelled);
  CHECK(log.lines->empty());
  peer = [](Deadline) { return good("k"); };
  CHECK(find("k") == found);
}

TEST_CASE_METHOD(CacheFixture, "an unknown key whose fetch was cancelled is still to be fetched") {
  find("k");
  clock->advance(30s);
  peer = [](Deadline) -> Fetched { return Error{Errc::cancelled, "stopped"}; };
  for (int i = 0; i < 2; ++i) CHECK(find("new") == Errc::cancelled);
  CHECK(find("k") == found);
  CHECK(fetches == 3);
}

TEST_CASE_METHOD(CacheFixture, "a soft refresh that is cancelled costs nobody the key") {
  find("k");
  peer = [](Deadline) -> Fetched { return Error{Errc::cancelled, "stopped"}; };
  clock->advance(GENERATE(300s, 600s));
  CHECK(find("k") == found);
}

TEST_CASE_METHOD(CacheFixture, "a soft refresh takes its caller a second at most") {
  find("k");
  Deadline limit;
  peer = [&](Deadline deadline) {
    limit = deadline;
    return bad();
  };
  clock->advance(300s);
  CHECK(find("k") == found);
  CHECK(limit <= in(1s));
}

TEST_CASE_METHOD(CacheFixture, "beyond the hard age a fetch takes two seconds at most while old keys can be used") {
  find("k");
  Deadline limit;
  peer = [&](Deadline deadline) {
    limit = deadline;
    return bad();
  };
  clock->advance(600s);
  CHECK(find("k") == found);
  CHECK(limit <= in(2s));
  CHECK(limit > in(1s));
}

TEST_CASE_METHOD(CacheFixture, "without usable keys a fetch may take what the caller's deadline allows") {
  Deadline limit;
  peer = [&](Deadline deadline) {
    limit = deadline;
    return bad();
  };
  const Deadline deadline = in(20s);
  CHECK_FALSE(find(cache, "k", deadline));
  CHECK(limit == deadline);
  clock->advance(5s);
  CHECK_FALSE(refresh(deadline));
  CHECK(limit == deadline);
  peer = [](Deadline) { return good("k"); };
  clock->advance(5s);
  CHECK(find("k") == found);
  clock->advance(30s);
  peer = [&](Deadline given) {
    limit = given;
    return bad();
  };
  CHECK_FALSE(find(cache, "new", deadline));
  CHECK(limit == deadline);
}

TEST_CASE_METHOD(CacheFixture, "a fetch takes no longer than the option says") {
  Deadline limit;
  peer = [&](Deadline deadline) {
    limit = deadline;
    return bad();
  };
  CHECK(find("k", 60s) == Errc::keysUnavailable);
  CHECK(limit <= in(30s));
  CHECK(limit > in(20s));
  auto bounded = cacheWith({300s, 600s, 3600s, 30s, 900ms});
  for (const auto age : {0s, 300s, 600s}) {
    clock->advance(age);
    (void)find(bounded, "k", in(60s));
    CHECK(limit <= in(900ms));
    peer = [](Deadline) { return good("k"); };
    clock->advance(5s);
    (void)find(bounded, "k", in(60s));
    peer = [&](Deadline deadline) {
      limit = deadline;
      return bad();
    };
  }
}

TEST_CASE_METHOD(CacheFixture, "a fetch that its own bound cuts is a failure, and the keys of a slow peer never come") {
  auto bounded = cacheWith({300s, 600s, 3600s, 30s, 10ms});
  peer = silent;
  const auto cut = find(bounded, "k", in(20s));
  REQUIRE_FALSE(cut);
  CHECK(cut.error().code == Errc::keysUnavailable);
  CHECK_FALSE(find(bounded, "k", in(20s)));
  CHECK(fetches == 1);
}

TEST_CASE_METHOD(CacheFixture, "a peer that did not answer a patient caller has failed, and is let rest") {
  auto patient = cacheWith({300s, 600s, 3600s, 30s, 30s}, 1ms);
  peer = silent;
  const auto cut = find(patient, "k", in(100ms));
  REQUIRE_FALSE(cut);
  CHECK(cut.error().code == Errc::timeout);
  const auto refused = find(patient, "k", in(20s));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::keysUnavailable);
  CHECK(fetches == 1);
}

TEST_CASE_METHOD(CacheFixture, "stale keys are used for an hour at most, and only when fetching fails") {
  find("k");
  peer = [](Deadline) { return bad(); };
  clock->advance(3599s);
  CHECK(findLocally("k") == Errc::keysUnavailable);
  CHECK(find("k") == found);
  CHECK(findLocally("k") == found);
  clock->advance(1s);
  CHECK(find("k") == Errc::keysUnavailable);
  CHECK(findLocally("k") == Errc::keysUnavailable);
}

TEST_CASE_METHOD(CacheFixture, "after an outage new keys are taken") {
  peer = [](Deadline) { return bad(); };
  CHECK(find("k") == Errc::keysUnavailable);
  peer = [](Deadline) { return good("k"); };
  CHECK(find("k") == Errc::keysUnavailable);
  clock->advance(1s);
  CHECK(find("k") == found);
}

TEST_CASE_METHOD(CacheFixture, "a new set replaces the old one") {
  find("k");
  peer = [](Deadline) { return good("new"); };
  clock->advance(30s);
  CHECK(find("new") == found);
  CHECK(find("k") == Errc::unknownKey);
  CHECK(fetches == 2);
}

TEST_CASE_METHOD(CacheFixture, "a removed key dies at the next refresh") {
  find("k");
  peer = [](Deadline) { return good("new"); };
  clock->advance(300s);
  CHECK(find("k") == Errc::unknownKey);
  CHECK(findLocally("k") == Errc::unknownKey);
}

TEST_CASE_METHOD(CacheFixture, "invented ids lead to one fetch per cooldown") {
  find("k");
  clock->advance(30s);
  for (int i = 0; i < 1000; ++i) CHECK(find("invented" + std::to_string(i)) == Errc::unknownKey);
  CHECK(fetches == 2);
  clock->advance(29s);
  find("invented");
  CHECK(fetches == 2);
  clock->advance(1s);
  find("invented");
  CHECK(fetches == 3);
}

TEST_CASE_METHOD(CacheFixture, "the cooldown counts attempts that failed too") {
  find("k");
  peer = [](Deadline) { return bad(); };
  clock->advance(30s);
  CHECK(find("invented") == Errc::keysUnavailable);
  for (int i = 0; i < 100; ++i) CHECK(find("invented") == Errc::unknownKey);
  CHECK(fetches == 2);
  CHECK(find("k") == found);
}

TEST_CASE_METHOD(CacheFixture, "in an outage the back-off bounds the fetches") {
  peer = [](Deadline) { return bad(); };
  for (int i = 0; i < 1000; ++i) CHECK(find("k") == Errc::keysUnavailable);
  CHECK(fetches == 1);
  for (int second = 0; second < 60; ++second) {
    clock->advance(1s);
    find("k");
  }
  CHECK(fetches >= 1 + 60 / 5);
  CHECK(fetches <= 1 + 24);
}

TEST_CASE_METHOD(CacheFixture, "the back-off grows to a minute while old keys can be used") {
  find("k");
  peer = [](Deadline) { return bad(); };
  clock->advance(300s);
  for (int second = 0; second < 600; ++second) {
    clock->advance(1s);
    CHECK(find("k") == found);
  }
  CHECK(fetches >= 1 + 6 + 8);
  CHECK(fetches <= 1 + 7 + 20);
}

TEST_CASE_METHOD(CacheFixture, "the peer's Retry-After is obeyed, within reason") {
  const auto [asked, obeyed] = GENERATE(table<std::chrono::seconds, std::chrono::seconds>({
      {20s, 20s},
      {300s, 300s},
      {86400s, 300s},
  }));
  peer = [patience = asked](Deadline) { return bad(429, patience); };
  CHECK(find("k") == Errc::keysUnavailable);
  clock->advance(obeyed - 1s);
  const auto refused = find(cache, "k", in(1s));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().upstreamStatus == 429);
  CHECK(refused.error().retryAfter == asked);
  CHECK(fetches == 1);
  clock->advance(1s);
  find("k");
  CHECK(fetches == 2);
}

TEST_CASE_METHOD(CacheFixture, "max-age shortens the soft age, to a minute at least") {
  const auto [maxAge, least, most] = GENERATE(table<std::chrono::seconds, std::chrono::seconds, std::chrono::seconds>({
      {0s, 60s, 60s},
      {59s, 60s, 60s},
      {61s, 60s, 61s},
      {100s, 80s, 100s},
      {200s, 160s, 200s},
      {301s, 240s, 300s},
      {31536000s, 240s, 300s},
  }));
  peer = [age = maxAge](Deadline) { return good("k", age); };
  find("k");
  clock->advance(least - 1s);
  find("k");
  CHECK(fetches == 1);
  clock->advance(most - least + 1s);
  find("k");
  CHECK(fetches == 2);
}

TEST_CASE_METHOD(CacheFixture, "the wall clock has no say in ages") {
  find("k");
  for (const auto jump : {24h, -48h}) {
    clock->setWall(clock->wall() + jump);
    CHECK(find("k") == found);
  }
  CHECK(fetches == 1);
}

TEST_CASE_METHOD(CacheFixture, "a rejected secret key is named, also from memory") {
  peer = [](Deadline) { return Error{Errc::secretKeyRejected, "status 401", 401}; };
  CHECK(find("k") == Errc::secretKeyRejected);
  CHECK(find("k") == Errc::secretKeyRejected);
  CHECK(fetches == 1);
}

TEST_CASE_METHOD(CacheFixture, "a failure cannot forge log lines") {
  peer = [](Deadline) { return Error{Errc::tls, "no certificate for a\nb"}; };
  find("k");
  REQUIRE(log.lines->size() == 1);
  CHECK_THAT(log.lines->front().second, ContainsSubstring("no certificate for a\\x0ab"));
}

TEST_CASE_METHOD(CacheFixture, "a failed fetch is told with its place, the attempt, and when the next one may come") {
  const auto [patience, wait] = GENERATE(table<std::optional<std::chrono::seconds>, std::string>({
      {std::nullopt, " ms"},
      {20s, "no further attempt within 20 s"},
  }));
  peer = [asked = patience](Deadline) { return bad(503, asked); };
  find("k");
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().first == liveblocks::LogLevel::warning);
  CHECK_THAT(log.lines->front().second,
             StartsWith("fetching the verification keys from https://keys.test/jwks failed, attempt 1: status; no "
                        "further attempt within "));
  CHECK_THAT(log.lines->front().second, ContainsSubstring(wait));
}

TEST_CASE_METHOD(CacheFixture, "a fetch cut by its caller's deadline is told as such") {
  peer = silent;
  find("k", 100ms);
  REQUIRE(log.lines->size() == 1);
  CHECK_THAT(log.lines->front().second, ContainsSubstring("attempt 1: no response within "));
  CHECK_THAT(log.lines->front().second, ContainsSubstring("the next call that needs keys tries again"));
}

TEST_CASE_METHOD(CacheFixture, "keys of a set that cannot be used are counted in the log") {
  peer = [](Deadline) {
    const std::string other = R"({"kty":"EC","kid":"e"})";
    auto set =
        liveblocks::jwks::KeySet::parse(liveblocks_tests::keySet({liveblocks_tests::sharedKey().jwk("k"), other}));
    return Fetched(liveblocks::jwks::FetchedKeys{
        std::make_shared<const liveblocks::jwks::KeySet>(std::move(set).value()), std::nullopt});
  };
  CHECK(find("k") == found);
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().first == liveblocks::LogLevel::info);
  CHECK(log.lines->front().second == "1 keys of the JWK Set are not usable");
}

TEST_CASE_METHOD(CacheFixture, "an outage is told when it begins, once a minute, and when it is over") {
  peer = [](Deadline) { return bad(); };
  for (int second = 0; second < 600; ++second) {
    find("k");
    clock->advance(1s);
  }
  CHECK(fetches > 100);
  CHECK(log.lines->size() == 10);
  CHECK_THAT(log.lines->back().second, ContainsSubstring(" failures in "));
  peer = [](Deadline) { return good("k"); };
  clock->advance(5s);
  CHECK(find("k") == found);
  REQUIRE(log.lines->size() == 11);
  CHECK(log.lines->back().first == liveblocks::LogLevel::info);
  CHECK_THAT(log.lines->back().second, StartsWith("the verification keys are there again after "));
}

TEST_CASE_METHOD(CacheFixture, "a fetch that throws is a failure like others") {
  peer = [](Deadline) -> Fetched { throw std::runtime_error("secret"); };
  const auto key = find(cache, "k", in(1s));
  REQUIRE_FALSE(key);
  CHECK(key.error().code == Errc::keysUnavailable);
  CHECK(key.error().message.find("secret") == std::string::npos);
  peer = [](Deadline) { return good("k"); };
  clock->advance(1s);
  CHECK(find("k") == found);
}

TEST_CASE_METHOD(CacheFixture, "a deadline that has passed costs no fetch") {
  CHECK(find("k", -1ms) == Errc::timeout);
  CHECK(fetches == 0);
  find("k");
  clock->advance(300s);
  CHECK(find("k", -1ms) == found);
  CHECK(fetches == 1);
}

TEST_CASE_METHOD(CacheFixture, "a fetch cut by its caller's deadline is no failure of the peer") {
  peer = silent;
  CHECK(find("k", 10ms) == Errc::timeout);
  peer = [](Deadline) { return good("k"); };
  CHECK(find("k") == found);
}

TEST_CASE_METHOD(CacheFixture, "the local look-up never fetches") {
  CHECK(findLocally("k") == Errc::keysUnavailable);
  find("k");
  CHECK(findLocally("k") == found);
  CHECK(findLocally("invented") == Errc::unknownKey);
  clock->advance(30s);
  CHECK(findLocally("invented") == Errc::keysUnavailable);
  clock->advance(569s);
  CHECK(findLocally("k") == found);
  clock->advance(1s);
  CHECK(findLocally("k") == Errc::keysUnavailable);
  CHECK(fetches == 1);
}

TEST_CASE_METHOD(CacheFixture, "the host may refresh when it likes, but not against the back-off") {
  CHECK(refresh(in(1s)));
  CHECK(refresh(in(1s)));
  CHECK(fetches == 2);
  peer = [](Deadline) { return bad(); };
  CHECK(refresh(in(1s)).error().code == Errc::keysUnavailable);
  CHECK(refresh(in(1s)).error().code == Errc::keysUnavailable);
  CHECK(fetches == 3);
  CHECK(find("k") == found);
  CHECK_FALSE(refresh(in(-1ms)));
}
