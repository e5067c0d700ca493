// Liveblocks and Clerk that answer something else, over both transports.

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

#include <string>

#include "catch.hpp"
#include "exchange.hpp"
#include "testing/transport_check/server.hpp"

namespace lb = liveblocks;
namespace check = liveblocks::testing::transport_check;
using namespace liveblocks_tests;

namespace {

struct Answer {
  std::string name;
  int status;
  std::string type;
  std::string body;
};

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
}

/// Each is wrong for every call.
const std::vector<Answer>& answers() {
  static const std::vector<Answer> all{
      {"a page", 200, "text/html", "<html>not found</html>"},
      {"nothing", 200, "application/json", ""},
      {"nothing, on purpose", 204, "application/json", ""},
      {"null", 200, "application/json", "null"},
      {"a list", 200, "application/json", "[]"},
      {"text", 200, "application/json", "\"text\""},
      {"a number", 200, "application/json", "1e400"},
      {"an empty object", 200, "application/json", "{}"},
      {"members of other types", 200, "application/json", R"({"token":5,"keys":{},"id":[],"data":"x","nextCursor":1})"},
      {"null members", 200, "application/json", R"({"token":null,"keys":null,"id":null,"data":null})"},
      {"wrong elements", 200, "application/json", R"({"token":"","keys":[5,null],"id":"","data":[5,null]})"},
      {"duplicate members", 200, "application/json",
       R"({"token":"a","token":"b","data":[],"data":[],"id":"user_1","id":"x"})"},
      {"half an object", 200, "application/json", R"({"token":"a)"},
      {"two objects", 200, "application/json", R"({"token":"a"}{"token":"b"})"},
      {"malformed UTF-8", 200, "application/json", "\xff\xfe{}"},
      {"a deep value", 200, "application/json", nested(100'000)},
      {"compressed bytes", 200, "application/json", "\x1f\x8b\x08\x04"},
      {"a redirect", 302, "application/json", R"({"token":"a.b.c"})"},
      {"an error", 500, "application/json", R"({"token":"a.b.c"})"},
      {"an unknown status", 299 + 300, "application/json", R"({"token":"a.b.c"})"},
  };
  return all;
}

const lb::testing::ClerkIssuer& issuer() {
  static const lb::testing::ClerkIssuer made;
  return made;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("a wrong response grants nothing, and is an error of the server", "", BothWays) {
  const std::size_t index = GENERATE(range(std::size_t{0}, answers().size()));
  const Answer& answer = answers()[index];
  CAPTURE(answer.name);
  const check::Server server([&](const check::Received&) {
    return check::respond(answer.status, answer.body, "Content-Type: " + answer.type + "\r\n");
  });
  const auto transport = TestType::make();
  lb::LiveblocksOptions options;
  options.secret = "sk_test_x";
  options.baseUrl = server.url("");
  options.retry = false;
  const lb::Liveblocks client(options, transport);

  SECTION("to an endpoint") {
    const lb::AuthEndpoint endpoint(
        client, [](const lb::http::RequestView&, lb::Deadline) { return lb::Caller{"bob"}; },
        [](const lb::Caller&, const auto&) { return lb::Decision().allow("r", lb::READ_ACCESS); });
    CHECK(endpoint.handle({"POST", "/", {}, R"({"room":"r"})"}).status == (answer.status == 302 ? 302 : 503));
  }
  SECTION("to who lists rooms") {
    const auto rooms = client.getRooms();
    REQUIRE_FALSE(rooms);
    CHECK(rooms.error().code == lb::Errc::upstream);
  }
  SECTION("to who looks up a user") {
    lb::clerk::UsersOptions users;
    users.secretKey = "sk_test_x";
    users.apiUrl = server.url("");
    users.retry = false;
    const auto user = lb::clerk::Users(users, transport).get("user_1");
    REQUIRE_FALSE(user);
    CHECK(user.error().code == lb::Errc::upstream);
  }
  SECTION("to who fetches keys") {
    const auto keys = lb::clerk::KeySource::backendApi("sk_test_x", server.url(""), transport);
    const lb::clerk::SessionVerifier verifier(keys);
    const auto claims = verifier.verify(issuer().sessionToken(), within(std::chrono::milliseconds(5000)).deadline);
    REQUIRE_FALSE(claims);
    CHECK(claims.error().code == lb::Errc::keysUnavailable);
  }
}
