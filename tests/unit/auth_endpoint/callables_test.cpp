// Which callables identify and decide, and in which form.

#include <liveblocks/auth_endpoint.hpp>

#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "catch.hpp"

namespace lb = liveblocks;

namespace {

using CallerResult = lb::Result<lb::Caller>;
using IdentifyNow = std::function<CallerResult(const lb::http::RequestView&, lb::Deadline)>;
using IdentifyLater =
    std::function<void(const lb::http::RequestView&, const lb::AsyncOptions&, lb::Callback<CallerResult>)>;
using DecideLater = std::function<void(const lb::AuthRequest&, lb::Callback<lb::Decision>)>;

CallerResult identifyNow(const lb::http::RequestView&, lb::Deadline) { return lb::Caller{"now"}; }

void identifyLater(const lb::http::RequestView&, const lb::AsyncOptions&, const lb::Callback<CallerResult>& done) {
  done(lb::Caller{"later"});
}

void decideLater(const lb::AuthRequest& request, const lb::Callback<lb::Decision>& done) {
  done(lb::Decision().allow(request.room.value(), lb::FULL_ACCESS));
}

/// Deadlines far away, so that a failure does not block for long.
lb::Deadline soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(20); }

std::string userOf(const lb::Identify& identify) { return identify({}, soon()).value().userId; }

std::string asyncUserOf(const lb::Identify& identify) {
  std::string user;
  identify.callAsync({}, {soon()}, [&](const CallerResult& caller) { user = caller.value().userId; });
  return user;
}

}  // namespace

TEST_CASE("callables of either form identify in both") {
  const auto [identify, later, user] = GENERATE(table<lb::Identify, bool, std::string>({
      {identifyNow, false, "now"},
      {&identifyNow, false, "now"},
      {IdentifyNow(identifyNow), false, "now"},
      {[](const auto& request, auto deadline) { return identifyNow(request, deadline); }, false, "now"},
      {[](const lb::http::RequestView&, lb::Deadline) { return lb::Caller{"now"}; }, false, "now"},
      {identifyLater, true, "later"},
      {&identifyLater, true, "later"},
      {IdentifyLater(identifyLater), true, "later"},
      {[](const auto& request, const auto& how, auto done) { identifyLater(request, how, std::move(done)); }, true,
       "later"},
  }));
  CHECK(identify);
  CHECK(identify.finishesLater() == later);
  CHECK(userOf(identify) == user);
  CHECK(asyncUserOf(identify) == user);
}

TEST_CASE("with callables of both forms each identifies in its own") {
  const lb::Identify both(identifyNow, identifyLater);
  CHECK(both.finishesLater());
  CHECK(userOf(both) == "now");
  CHECK(asyncUserOf(both) == "later");
  const lb::Identify changed = both.then([](lb::Caller caller) {
    caller.userId += "!";
    return caller;
  });
  CHECK(userOf(changed) == "now!");
  CHECK(asyncUserOf(changed) == "later!");
}

TEST_CASE("a change that throws is an internal error of an asynchronous call") {
  const lb::Identify changed = lb::Identify(identifyLater).then([](const lb::Caller&) -> CallerResult { throw 1; });
  std::optional<CallerResult> caller;
  changed.callAsync({}, {}, [&](CallerResult outcome) { caller = std::move(outcome); });
  CHECK(caller.value().error().code == lb::Errc::internal);
}

TEST_CASE("an empty callable makes an empty Identify") {
  CHECK_FALSE(lb::Identify());
  CHECK_FALSE(lb::Identify(nullptr));
  CHECK_FALSE(lb::Identify(IdentifyNow()));
  CHECK_FALSE(lb::Identify(IdentifyLater()));
  CHECK_FALSE(lb::Identify(static_cast<CallerResult (*)(const lb::http::RequestView&, lb::Deadline)>(nullptr)));
  CHECK_THROWS_AS(userOf(lb::Identify()), std::bad_function_call);
}

TEST_CASE("callables that decide later decide in both forms") {
  const lb::Decide decide =
      GENERATE(values<lb::Decide>({decideLater, &decideLater, DecideLater(decideLater),
                                   [](const lb::AuthRequest& request, auto done) { decideLater(request, done); }}));
  CHECK(decide);
  CHECK(decide.finishesLater());
  const lb::AuthRequest request{{"bob"}, "r"};
  CHECK_NOTHROW(decide(request));
  CHECK_NOTHROW(decide({"bob"}, "r"));
  int decided = 0;
  decide.callAsync(request, [&](const lb::Decision&) { ++decided; });
  lb::Decide([](const lb::AuthRequest&) { return lb::Decision(); }).callAsync(request, [&](const lb::Decision&) {
    ++decided;
  });
  CHECK(decided == 2);
  CHECK_FALSE(lb::Decide(DecideLater()));
}

// What fits no form is refused at once, with a hint, and is not taken for something else.
static_assert(!std::is_constructible_v<lb::Identify, int>);
static_assert(!std::is_constructible_v<lb::Identify, lb::Decide>);
static_assert(!std::is_constructible_v<lb::Identify, std::function<lb::Caller(lb::Deadline)>>);
static_assert(!std::is_constructible_v<lb::Identify, std::function<int(const lb::http::RequestView&, lb::Deadline)>>);
static_assert(!std::is_constructible_v<lb::Decide, int>);
static_assert(!std::is_constructible_v<lb::Decide, lb::Identify>);
static_assert(!std::is_constructible_v<lb::Decide, std::function<bool(const lb::AuthRequest&)>>);
static_assert(std::is_nothrow_move_constructible_v<lb::Identify> && std::is_nothrow_move_constructible_v<lb::Decide>);
