#include <chrono>
#include <memory>
#include <string>
#include <type_traits>

#include <liveblocks/core/result.hpp>

#include "catch.hpp"

namespace lb = liveblocks;

TEST_CASE("every error code has a text and a kind") {
  for (int value = static_cast<int>(lb::Errc::noToken); value <= static_cast<int>(lb::Errc::badWebhookEvent); ++value) {
    const std::error_code code = static_cast<lb::Errc>(value);
    INFO(value);
    CHECK(code.message() != "unknown error");
    CHECK(std::string(code.category().name()) == "liveblocks");
  }
  CHECK(std::error_code(static_cast<lb::Errc>(999)).message() == "unknown error");
}

TEST_CASE("what a host branches on follows from the code") {
  const auto [code, kind] = GENERATE(table<lb::Errc, lb::ErrorKind>({
      {lb::Errc::noToken, lb::ErrorKind::unauthenticated},
      {lb::Errc::badSignature, lb::ErrorKind::unauthenticated},
      {lb::Errc::unknownKey, lb::ErrorKind::unauthenticated},
      {lb::Errc::inactiveSession, lb::ErrorKind::unauthenticated},
      {lb::Errc::keysUnavailable, lb::ErrorKind::unavailable},
      {lb::Errc::secretKeyRejected, lb::ErrorKind::unavailable},
      {lb::Errc::internal, lb::ErrorKind::unavailable},
      {lb::Errc::notFound, lb::ErrorKind::notFound},
      {lb::Errc::invalidRequest, lb::ErrorKind::invalid},
      {lb::Errc::conflict, lb::ErrorKind::conflict},
      {lb::Errc::badWebhookSignature, lb::ErrorKind::invalid},
      {lb::Errc::webhookTooOld, lb::ErrorKind::invalid},
      {lb::Errc::webhookTooNew, lb::ErrorKind::invalid},
      {lb::Errc::badWebhookJson, lb::ErrorKind::invalid},
      {lb::Errc::badWebhookEvent, lb::ErrorKind::invalid},
  }));
  CHECK(lb::Error{code, "x"}.kind() == kind);
}

TEST_CASE("a result holds a value or an error") {
  lb::Result<int> good = 5;
  CHECK(good);
  CHECK(*good == 5);
  CHECK(good.value() == 5);

  lb::Result<int> bad = lb::Error{lb::Errc::timeout, "took too long"};
  CHECK_FALSE(bad);
  CHECK(bad.error().code == lb::Errc::timeout);
}

TEST_CASE("the value of an error throws its code and message") {
  const lb::Result<std::string> bad = lb::Error{lb::Errc::expired, "the token has expired"};
  try {
    static_cast<void>(bad.value());
    FAIL("no exception");
  } catch (const std::system_error& failure) {
    CHECK(failure.code() == lb::Errc::expired);
    CHECK_THAT(failure.what(), ContainsSubstring("the token has expired"));
  }
}

TEST_CASE("a value can be changed, moved out and replaced by a fallback") {
  lb::Result<std::string> good = std::string("ada");
  good.value() += "!";
  CHECK(good.ok());
  CHECK(*good == "ada!");
  CHECK(good.value_or("nobody") == "ada!");
  const std::string moved = *std::move(good);
  CHECK(moved == "ada!");

  const lb::Result<std::string> bad = lb::Error{lb::Errc::timeout, {}};
  CHECK_FALSE(bad.ok());
  CHECK(bad.value_or("nobody") == "nobody");
  CHECK(lb::Result<std::unique_ptr<int>>(lb::Error{lb::Errc::timeout, {}}).value_or(nullptr) == nullptr);
  CHECK(*lb::Result<std::unique_ptr<int>>(std::make_unique<int>(5)).value_or(nullptr) == 5);
}

TEST_CASE("what a temporary result gives does not dangle") {
  const auto make = [] { return lb::Result<std::string>(std::string(100, 'a')); };
  const auto fail = [] { return lb::Result<void>(lb::Error{lb::Errc::timeout, std::string(100, 'b')}); };
  const auto& value = *make();
  const auto& checked = make().value();
  const auto& error = fail().error();
  CHECK(value == std::string(100, 'a'));
  CHECK(checked == value);
  CHECK(error.message == std::string(100, 'b'));
  static_assert(!std::is_reference_v<decltype(*make())>);
  static_assert(!std::is_reference_v<decltype(make().value())>);
  static_assert(!std::is_reference_v<decltype(fail().error())>);
}

TEST_CASE("the result of an operation that returns nothing is true on success") {
  const lb::Result<void> done;
  CHECK(done);
  CHECK(done.ok());
  CHECK_NOTHROW(done.value());

  const lb::Result<void> failed = lb::Error{lb::Errc::notFound, "no such room"};
  CHECK_FALSE(failed);
  CHECK_FALSE(failed.ok());
  CHECK(failed.error().code == lb::Errc::notFound);
  CHECK_THROWS_AS(failed.value(), std::system_error);
}

TEST_CASE("results are equal when their values or their errors are") {
  using Text = lb::Result<std::string>;
  const auto info = [](const char* code) {
    return std::make_shared<const lb::ErrorInfo>(lb::ErrorInfo{code, {}, {}, {}, {}});
  };
  const lb::Error error{lb::Errc::notFound, "m", 404, std::chrono::seconds(1), info("A")};
  CHECK(Text("a") == Text("a"));
  CHECK(Text("a") != Text("b"));
  CHECK(Text("a") != Text(error));
  CHECK(lb::Result<void>() == lb::Result<void>());
  CHECK(lb::Result<void>() != lb::Result<void>(error));
  lb::Error other = error;
  other.info = info("A");
  CHECK(Text(error) == Text(other));
  CHECK(lb::Result<void>(error) == lb::Result<void>(other));
  const auto differs = [&](const auto& change) {
    lb::Error changed = error;
    change(changed);
    return changed != error && Text(changed) != Text(error);
  };
  CHECK(differs([](lb::Error& e) { e.code = lb::Errc::conflict; }));
  CHECK(differs([](lb::Error& e) { e.message = "n"; }));
  CHECK(differs([](lb::Error& e) { e.upstreamStatus = 500; }));
  CHECK(differs([](lb::Error& e) { e.retryAfter = std::nullopt; }));
  CHECK(differs([](lb::Error& e) { e.info = nullptr; }));
  CHECK(differs([&](lb::Error& e) { e.info = info("B"); }));
}
