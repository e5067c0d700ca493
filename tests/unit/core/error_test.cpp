#include <liveblocks/core/result.hpp>

#include "catch.hpp"

namespace lb = liveblocks;

TEST_CASE("every error code has a text and a kind") {
  for (int value = static_cast<int>(lb::Errc::noToken); value <= static_cast<int>(lb::Errc::conflict); ++value) {
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
