#include <liveblocks/ably/client_id.hpp>

#include "catch.hpp"

using liveblocks::ably::ClientId;

TEST_CASE("a client id keeps its name unchanged") {
  const std::string name = GENERATE(as<std::string>(), "jane", "jane doe+1@example.com", "a*b", "a\"b\\c/d",
                                    "Zo\u00EB \u674E", "cafe\u0301", "a\u2028b", std::string(ClientId::maxBytes, 'x'));
  CHECK(ClientId::named(name).value().text() == name);
  CHECK_FALSE(ClientId::named(name).value().isAnonymous());
}

TEST_CASE("empty, wildcard and forgeable names are refused with Ably's code") {
  const std::string name =
      GENERATE(as<std::string>(), "", "*", "a\nb", "a\x01", "a\x1F", "\x7F", std::string("a\0b", 3), "a\xFF",
               "\xED\xA0\x80", "admin\n1700000000001\nforgedforgedforg", std::string(ClientId::maxBytes + 1, 'x'));
  CAPTURE(name);
  const auto clientId = ClientId::named(name);
  REQUIRE_FALSE(clientId);
  CHECK(clientId.error().code == liveblocks::Errc::invalidRequest);
  CHECK_THAT(clientId.error().message, ContainsSubstring("40012"));
}

TEST_CASE("anonymous and wildcard client ids have functions of their own") {
  CHECK(ClientId::anonymous().isAnonymous());
  CHECK(ClientId::anonymous().text().empty());
  CHECK_FALSE(ClientId::wildcard().isAnonymous());
  CHECK(ClientId::wildcard().text() == "*");
}
