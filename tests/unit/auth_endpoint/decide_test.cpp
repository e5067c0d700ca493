#include <liveblocks/auth_endpoint.hpp>

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
using liveblocks_tests::EndpointFixture;
using liveblocks_tests::reasonOf;

namespace {

using AboutRequest = std::function<lb::Decision(const lb::AuthRequest&)>;
using AboutRoom = std::function<lb::Decision(const lb::Caller&, const std::optional<std::string>&)>;

lb::Decision refuseByRequest(const lb::AuthRequest& asked) {
  return lb::Decision::refuse("request " + asked.room.value());
}

lb::Decision refuseByRoom(const lb::Caller& caller, const std::optional<std::string>& room) {
  return lb::Decision::refuse("room " + room.value() + " of " + caller.userId);
}

struct Either {
  lb::Decision operator()(const lb::AuthRequest& asked) const { return refuseByRequest(asked); }
  lb::Decision operator()(const lb::Caller& caller, const std::optional<std::string>& room) const {
    return refuseByRoom(caller, room);
  }
};

/// Stands for a database.
struct Tenants {
  bool isMember(const std::string& userId, std::string_view tenant, lb::Deadline deadline) const {
    return userId == "bob" && tenant == "acme" && deadline < lb::Deadline::max();
  }
};

// auth-endpoint.md request: begin
liveblocks::Decide decideForTenants(const Tenants& tenants) {
  return [&tenants](const liveblocks::AuthRequest& asked) {
    const auto plan = asked.body.text("plan");                                        // what the browser sent
    const auto tenant = liveblocks::http::findHeader(asked.httpRequest, "X-Tenant");  // a header of the request
    if (!asked.room || !tenant) return liveblocks::Decision::refuse("Ask for a room of your tenant.");
    if (!tenants.isMember(asked.caller.userId, *tenant, asked.deadline)) return liveblocks::Decision();
    const auto permissions = plan == "viewer" ? liveblocks::READ_ACCESS : liveblocks::FULL_ACCESS;
    return liveblocks::Decision().allow(*asked.room, permissions);
  };
}
// auth-endpoint.md request: end

}  // namespace

TEST_CASE_METHOD(EndpointFixture, "the decision in the documentation uses headers and members") {
  const auto [tenant, body, granted] = GENERATE(table<std::string, std::string, std::string>({
      {"acme", R"({"room":"r","plan":"viewer"})", R"({"r":["*:read"]})"},
      {"acme", R"({"room":"r","plan":"pro"})", R"({"r":["*:write"]})"},
      {"acme", R"({"room":"r"})", R"({"r":["*:write"]})"},
      {"other", R"({"room":"r"})", ""},
      {"acme", R"({"plan":"viewer"})", ""},
  }));
  const Tenants tenants;
  decide = decideForTenants(tenants);
  transport->pushJson(200, R"({"token":"a.b.c"})");
  const lb::http::Response answer = handle(endpoint(), {"POST", "/", {{"X-Tenant", tenant}}, body});
  CHECK(answer.status == (granted.empty() ? 403 : 200));
  if (granted.empty()) return;
  CHECK(transport->requests().at(0).body == R"({"userId":"bob","permissions":)" + granted + "}");
}

TEST_CASE_METHOD(EndpointFixture, "a decision sees everything that the request contains") {
  std::optional<lb::AuthRequest> seen;
  std::string target;
  std::string header;
  decide = [&](const lb::AuthRequest& asked) {
    seen = asked;
    target = asked.httpRequest.url;
    header = lb::http::findHeader(asked.httpRequest, "x-tenant").value_or("");
    return lb::Decision().allow(*asked.room, lb::FULL_ACCESS);
  };
  transport->pushJson(200, R"({"token":"a.b.c"})");
  const std::string body = R"({"room":"r","userId":"u","plan":{"name":"pro"}})";
  const lb::Deadline before = std::chrono::steady_clock::now();
  CHECK(handle(endpoint(), {"POST", "/auth?x=1", {{"X-Tenant", "acme"}}, body}).status == 200);
  REQUIRE(seen);
  CHECK(seen->caller.userId == "bob");
  CHECK(seen->room == "r");
  CHECK(seen->body.text("userId") == "u");
  CHECK(seen->body.json("plan") == R"({"name":"pro"})");
  CHECK(seen->body.json() == body);
  CHECK(target == "/auth?x=1");
  CHECK(header == "acme");
  CHECK(seen->deadline >= before + options.timeout);
}

TEST_CASE_METHOD(EndpointFixture, "any callable that takes the request, or caller and room, may decide") {
  const std::string byRequest = "request r";
  const std::string byRoom = "room r of bob";
  const auto [callable, reason] = GENERATE_COPY(table<lb::Decide, std::string>({
      {refuseByRequest, byRequest},
      {&refuseByRequest, byRequest},
      {AboutRequest(refuseByRequest), byRequest},
      {[](const lb::AuthRequest& asked) { return refuseByRequest(asked); }, byRequest},
      {[](const auto& asked) { return refuseByRequest(asked); }, byRequest},
      {Either(), byRequest},
      {refuseByRoom, byRoom},
      {AboutRoom(refuseByRoom), byRoom},
      {[](const lb::Caller& caller, const std::optional<std::string>& room) { return refuseByRoom(caller, room); },
       byRoom},
      {[](const lb::Caller& caller, const auto& room) { return refuseByRoom(caller, room); }, byRoom},
      // NOLINTNEXTLINE(performance-unnecessary-value-param): what takes values is taken, too.
      {[](lb::Caller caller, std::optional<std::string> room) { return refuseByRoom(caller, room); }, byRoom},
  }));
  decide = callable;
  CHECK(reasonOf(post(R"({"room":"r"})")) == reason);
}

TEST_CASE("a decision of either form can be called in both") {
  const auto aboutRoom = lb::Decide(refuseByRoom);
  const auto aboutRequest = lb::Decide(refuseByRequest);
  lb::Decide wrapped = [aboutRoom, aboutRequest](const lb::Caller& caller, const std::optional<std::string>& room) {
    return room == "r" ? aboutRoom(caller, room) : aboutRequest(caller, room);
  };
  lb::Decide copy = wrapped;
  const lb::Decide moved = std::move(wrapped);
  CHECK(copy);
  CHECK(moved);
  CHECK_NOTHROW(moved({"bob"}, "r"));
  CHECK_NOTHROW(copy(lb::AuthRequest{{"bob"}, "s"}));
  copy = nullptr;
  CHECK_FALSE(copy);
}

TEST_CASE("an empty callable makes an empty Decide") {
  CHECK_FALSE(lb::Decide());
  CHECK_FALSE(lb::Decide(nullptr));
  CHECK_FALSE(lb::Decide(AboutRequest()));
  CHECK_FALSE(lb::Decide(AboutRoom()));
  CHECK_FALSE(lb::Decide(static_cast<lb::Decision (*)(const lb::AuthRequest&)>(nullptr)));
  CHECK_THROWS_AS(lb::Decide()(lb::AuthRequest{{"bob"}}), std::bad_function_call);
}

TEST_CASE("a grant that no session takes is refused by the decision itself") {
  lb::Decision decision;
  CHECK_THROWS_AS(decision.allow("a*b", lb::FULL_ACCESS), std::invalid_argument);
  CHECK_THROWS_AS(decision.allow("", lb::FULL_ACCESS), std::invalid_argument);
  CHECK_THROWS_AS(decision.allow("r", {}), std::invalid_argument);
  CHECK_THROWS_AS(decision.allow("r", {"comments:write"}), std::invalid_argument);
  CHECK_THROWS_AS(lb::Decision::refuse("no").allow("r", {}), std::invalid_argument);
  CHECK_NOTHROW(decision.allow("r*", lb::READ_ACCESS).allow("r", {"comments:write"}));
  for (int i = 0; i < 8; ++i) decision.allow(std::to_string(i), lb::FULL_ACCESS);
  CHECK_THROWS_AS(decision.allow("one more", lb::FULL_ACCESS), std::length_error);
}

// A reference would dangle once the temporary is gone.
static_assert(std::is_same_v<decltype(lb::Decision().allow("r", lb::FULL_ACCESS)), lb::Decision>);
static_assert(std::is_same_v<decltype(std::declval<lb::Session>().allow("r", lb::FULL_ACCESS)), lb::Session>);
static_assert(std::is_same_v<decltype(lb::RoomQuery().metadata("a", "b")), lb::RoomQuery>);
