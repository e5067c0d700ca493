#include <liveblocks/webhooks/deduplicator.hpp>

#include <array>
#include <atomic>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <liveblocks/testing/manual_clock.hpp>
#include <liveblocks/webhooks/memory_seen_store.hpp>

#include "catch.hpp"

namespace webhooks = liveblocks::webhooks;
using liveblocks::Deadline;
using liveblocks::Errc;
using liveblocks::Error;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using webhooks::SeenState;

namespace {

webhooks::Message messageOf(const std::string& id) { return {id, {}, "{}"}; }

/// A store with scripted results, which records its calls.
class ScriptedStore : public webhooks::SeenStore {
 public:
  liveblocks::Result<SeenState> claim(std::string_view id, std::string_view holder, seconds lease,
                                      Deadline deadline) override {
    asked.push_back("claim " + std::string(id) + " " + std::to_string(lease.count()));
    holders.emplace_back(holder);
    lastDeadline = deadline;
    return onClaim();
  }
  liveblocks::Result<void> done(std::string_view id, std::string_view holder, seconds keep,
                                Deadline deadline) override {
    asked.push_back("done " + std::string(id) + " " + std::to_string(keep.count()));
    holders.emplace_back(holder);
    lastDeadline = deadline;
    return onEnd();
  }
  liveblocks::Result<void> release(std::string_view id, std::string_view holder, Deadline deadline) override {
    asked.push_back("release " + std::string(id));
    holders.emplace_back(holder);
    lastDeadline = deadline;
    return onEnd();
  }

  std::function<liveblocks::Result<SeenState>()> onClaim = [] { return SeenState::fresh; };
  std::function<liveblocks::Result<void>()> onEnd = [] { return liveblocks::Result<void>(); };
  std::vector<std::string> asked;
  std::vector<std::string> holders;
  Deadline lastDeadline;
};

struct ScriptedFixture {
  webhooks::Deduplicator make() {
    options.store = store;
    return webhooks::Deduplicator(options);
  }

  std::shared_ptr<ScriptedStore> store = std::make_shared<ScriptedStore>();
  webhooks::DeduplicatorOptions options;
};

}  // namespace

TEST_CASE("a delivery is handled once, and its repetitions are done") {
  const webhooks::Deduplicator deduplicator;
  auto first = deduplicator.claim(messageOf("msg_1")).value();
  REQUIRE(first.state() == SeenState::fresh);
  CHECK(deduplicator.claim(messageOf("msg_2")).value().state() == SeenState::fresh);
  CHECK(first.done());
  webhooks::Deduplicator copy;
  copy = deduplicator;
  CHECK(copy.claim(messageOf("msg_1")).value().state() == SeenState::done);
}

TEST_CASE("an event is not lost when its first delivery fails after a repetition") {
  const webhooks::Deduplicator deduplicator;
  {
    const auto slow = deduplicator.claim(messageOf("msg_1")).value();
    REQUIRE(slow.state() == SeenState::fresh);
    // Not "done": the event must be repeated.
    CHECK(deduplicator.claim(messageOf("msg_1")).value().state() == SeenState::inProgress);
  }
  CHECK(deduplicator.claim(messageOf("msg_1")).value().state() == SeenState::fresh);
}

TEST_CASE("a claim that is not fresh does not release the claim of another holder") {
  const webhooks::Deduplicator deduplicator;
  const auto first = deduplicator.claim(messageOf("msg_1")).value();
  for (int i = 0; i < 2; ++i) CHECK(deduplicator.claim(messageOf("msg_1")).value().state() == SeenState::inProgress);
}

TEST_CASE("a claim is released by an exception") {
  const webhooks::Deduplicator deduplicator;
  const auto fail = [&] {
    const auto claim = deduplicator.claim(messageOf("msg_1")).value();
    throw std::runtime_error("the work failed");
  };
  CHECK_THROWS_AS(fail(), std::runtime_error);
  CHECK(deduplicator.claim(messageOf("msg_1")).value().state() == SeenState::fresh);
}

TEST_CASE("a claim can be moved, and assigning to it releases what it held") {
  const webhooks::Deduplicator deduplicator;
  auto claim = deduplicator.claim(messageOf("msg_1")).value();
  auto other = deduplicator.claim(messageOf("msg_2")).value();
  claim = std::move(other);
  CHECK(deduplicator.claim(messageOf("msg_1")).value().state() == SeenState::fresh);
  CHECK(deduplicator.claim(messageOf("msg_2")).value().state() == SeenState::inProgress);
  auto moved = std::move(claim);
  CHECK(moved.done());
  CHECK(deduplicator.claim(messageOf("msg_2")).value().state() == SeenState::done);
}

TEST_CASE("only a fresh claim can be done, and only once") {
  const webhooks::Deduplicator deduplicator;
  auto fresh = deduplicator.claim(messageOf("msg_1")).value();
  auto waiting = deduplicator.claim(messageOf("msg_1")).value();
  CHECK_THROWS_AS(static_cast<void>(waiting.done()), std::logic_error);
  CHECK(fresh.done());
  CHECK_THROWS_AS(static_cast<void>(fresh.done()), std::logic_error);
  CHECK(deduplicator.claim(messageOf("msg_1")).value().state() == SeenState::done);
}

TEST_CASE("a claim whose lease ended while another one was made is a conflict") {
  const auto clock = std::make_shared<liveblocks::testing::ManualClock>();
  webhooks::DeduplicatorOptions options;
  options.store = std::make_shared<webhooks::MemorySeenStore>(webhooks::MemorySeenStoreOptions{10, clock});
  const webhooks::Deduplicator deduplicator(options);
  auto stale = deduplicator.claim(messageOf("msg_1")).value();
  clock->advance(seconds(60));
  auto taken = deduplicator.claim(messageOf("msg_1")).value();
  REQUIRE(taken.state() == SeenState::fresh);
  const auto outcome = stale.done();
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == Errc::conflict);
  CHECK(taken.done());
}

TEST_CASE_METHOD(ScriptedFixture, "the store gets scoped ids, and a holder for each claim") {
  options.scope = GENERATE("", "board");
  options.lease = seconds(90);
  options.keep = hours(30);
  const auto deduplicator = make();
  CHECK(deduplicator.claim(messageOf("msg_1")).value().done());
  static_cast<void>(deduplicator.claim(messageOf("msg_1")));
  const std::string id = options.scope.empty() ? "msg_1" : "board.msg_1";
  CHECK(store->asked == std::vector<std::string>{"claim " + id + " 90", "done " + id + " 108000", "claim " + id + " 90",
                                                 "release " + id});
  CHECK(store->holders[0] == store->holders[1]);
  CHECK(store->holders[2] == store->holders[3]);
  CHECK(store->holders[0] != store->holders[2]);
  CHECK(store->holders[0].size() == 22);
}

TEST_CASE("endpoints with different scopes share a store and handle the same event each") {
  webhooks::DeduplicatorOptions options;
  options.store = std::make_shared<webhooks::MemorySeenStore>();
  options.scope = "one";
  const webhooks::Deduplicator one(options);
  options.scope = "two";
  const webhooks::Deduplicator two(options);
  CHECK(one.claim(messageOf("msg_1")).value().done());
  CHECK(two.claim(messageOf("msg_1")).value().state() == SeenState::fresh);
}

TEST_CASE_METHOD(ScriptedFixture, "an unavailable store is an error, and nothing is released") {
  const bool throws = GENERATE(false, true);
  store->onClaim = [throws]() -> liveblocks::Result<SeenState> {
    if (throws) throw std::runtime_error("secret of the store");
    return Error{Errc::connect, "no connection"};
  };
  const auto claim = make().claim(messageOf("msg_1"));
  REQUIRE_FALSE(claim);
  CHECK(claim.error().code == (throws ? Errc::internal : Errc::connect));
  CHECK(claim.error().message == (throws ? "the store of webhooks failed" : "no connection"));
  CHECK(store->asked.size() == 1);
}

TEST_CASE_METHOD(ScriptedFixture, "an error of the store in done is returned, and nothing is released") {
  const bool throws = GENERATE(false, true);
  store->onEnd = [throws]() -> liveblocks::Result<void> {
    if (throws) throw std::runtime_error("secret of the store");
    return Error{Errc::timeout, "no response"};
  };
  const auto deduplicator = make();
  {
    auto claim = deduplicator.claim(messageOf("msg_1")).value();
    const auto outcome = claim.done();
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == (throws ? Errc::internal : Errc::timeout));
  }
  CHECK(store->asked.size() == 2);
  // An error of a release is not reported to the caller.
  CHECK_NOTHROW(deduplicator.claim(messageOf("msg_1")));
  CHECK(store->asked.back() == "release msg_1");
}

TEST_CASE_METHOD(ScriptedFixture, "a store gets the remaining time, limited by the option") {
  options.timeout = seconds(5);
  const auto deduplicator = make();
  const auto before = std::chrono::steady_clock::now();
  const Deadline early = before + seconds(1);
  auto claim = deduplicator.claim(messageOf("msg_1"), early).value();
  CHECK(store->lastDeadline == early);
  static_cast<void>(deduplicator.claim(messageOf("msg_2"), Deadline::max()));
  CHECK(store->lastDeadline >= before + seconds(5));
  CHECK(store->lastDeadline <= std::chrono::steady_clock::now() + seconds(5));
  CHECK(claim.done());
  CHECK(store->lastDeadline >= before + seconds(5));
  CHECK(store->lastDeadline <= std::chrono::steady_clock::now() + seconds(5));
}

TEST_CASE("the options of a deduplicator have limits") {
  const auto with = [](auto change) {
    webhooks::DeduplicatorOptions options;
    change(options);
    return options;
  };
  using Options = webhooks::DeduplicatorOptions;
  const auto [options, accepted] = GENERATE_COPY(table<Options, bool>({
      {Options{}, true},
      {with([](Options& o) { o.keep = hours(28) - seconds(1); }), false},
      {with([](Options& o) { o.keep = hours(28); }), true},
      {with([](Options& o) { o.keep = hours(720); }), true},
      {with([](Options& o) { o.keep = hours(720) + seconds(1); }), false},
      {with([](Options& o) { o.lease = seconds(0); }), false},
      {with([](Options& o) { o.lease = seconds(1); }), true},
      {with([](Options& o) { o.lease = hours(1); }), true},
      {with([](Options& o) { o.lease = hours(1) + seconds(1); }), false},
      {with([](Options& o) { o.timeout = milliseconds(0); }), false},
      {with([](Options& o) { o.timeout = milliseconds(1); }), true},
      {with([](Options& o) { o.timeout = seconds(10); }), true},
      {with([](Options& o) { o.timeout = milliseconds(10001); }), false},
      {with([](Options& o) { o.scope = std::string(64, '~'); }), true},
      {with([](Options& o) { o.scope = std::string(65, '~'); }), false},
      {with([](Options& o) { o.scope = "a b"; }), false},
      {with([](Options& o) { o.scope = "\n"; }), false},
      {with([](Options& o) { o.scope = "\xC3\xA9"; }), false},
  }));
  CAPTURE(options.scope, options.keep.count(), options.lease.count(), options.timeout.count());
  if (accepted) {
    CHECK_NOTHROW(webhooks::Deduplicator(options));
  } else {
    CHECK_THROWS_AS(webhooks::Deduplicator(options), std::invalid_argument);
  }
}

TEST_CASE("by default an id outlives the last automatic repetition") {
  CHECK(webhooks::DeduplicatorOptions{}.keep == hours(72));
  CHECK(webhooks::DeduplicatorOptions{}.lease == seconds(60));
}

TEST_CASE("the id of a claimed message has 1 to 256 bytes") {
  const auto [size, accepted] =
      GENERATE(table<std::size_t, bool>({{0, false}, {1, true}, {255, true}, {256, true}, {257, false}}));
  webhooks::DeduplicatorOptions options;
  options.scope = std::string(64, 's');
  const webhooks::Deduplicator deduplicator(options);
  const auto message = messageOf(std::string(size, 'x'));
  if (accepted) {
    CHECK(deduplicator.claim(message).value().state() == SeenState::fresh);
  } else {
    CHECK_THROWS_AS(deduplicator.claim(message), std::invalid_argument);
  }
}

TEST_CASE("concurrent threads complete each delivery exactly once, although each fails once") {
  constexpr int events = 200;
  const webhooks::Deduplicator deduplicator;
  std::array<std::atomic<int>, events> attempts{};
  std::array<std::atomic<int>, events> workers{};
  std::array<std::atomic<int>, events> successes{};
  std::atomic<bool> together{false};
  const auto deliver = [&](int event) {
    auto claim = deduplicator.claim(messageOf("msg_" + std::to_string(event))).value();
    if (claim.state() != SeenState::fresh) return claim.state() == SeenState::done;
    const auto at = static_cast<std::size_t>(event);
    if (++workers[at] != 1) together = true;
    const bool works = ++attempts[at] > 1;
    if (works) ++successes[at];
    --workers[at];
    return works && claim.done();
  };
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int event = 0; event < events; ++event) {
        while (!deliver(event)) std::this_thread::yield();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK_FALSE(together);
  for (const auto& count : attempts) CHECK(count == 2);
  for (const auto& count : successes) CHECK(count == 1);
}
