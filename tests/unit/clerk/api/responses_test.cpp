// What the calls of clerk::api make of responses. Those of the documented shapes are compared with the vendor's SDK by
// tests/oracle/clerk/api.mjs.

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/clerk/invitations_api.hpp>
#include <liveblocks/clerk/organizations_api.hpp>
#include <liveblocks/clerk/sessions_api.hpp>
#include <liveblocks/clerk/users_api.hpp>

#include "catch.hpp"
#include "core/base64.hpp"
#include "fixture.hpp"

namespace api = liveblocks::clerk::api;
using liveblocks::Errc;
using liveblocks_tests::ApiFixture;

namespace {

constexpr const char* session = R"({"id":"sess_1","user_id":"user_1","client_id":"client_1","status":"active"})";
constexpr const char* membership =
    R"({"id":"orgmem_1","role":"org:member","organization":{"id":"org_1","name":"Acme"},)"
    R"("public_user_data":{"user_id":"user_1"}})";
constexpr const char* invitation = R"({"id":"inv_1","email_address":"a@example.com","status":"pending"})";
constexpr const char* organizationInvitation =
    R"({"id":"orginv_1","organization_id":"org_1","email_address":"a@example.com","role":"org:member"})";

std::string listOf(const std::string& item) { return R"({"data":[)" + item + R"(],"total_count":1})"; }

/// The text with `from`, which is in it, replaced.
std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

/// A token with that payload, signed by nobody.
std::string tokenWith(const std::string& payload) { return "e30." + liveblocks::base64url::encode(payload) + ".c2ln"; }

struct ResponseFixture : ApiFixture {
  template <class T>
  liveblocks::Result<T> read(const liveblocks::http::TypedCall<T>& given, const std::string& body) const {
    transport->pushJson(200, body);
    return call(given);
  }

  template <class T>
  void checkUnreadable(const liveblocks::http::TypedCall<T>& given, const std::string& body,
                       const std::string& problem) const {
    CAPTURE(body);
    const auto result = read(given, body);
    REQUIRE(!result);
    CHECK(result.error().code == Errc::upstream);
    CHECK(result.error().upstreamStatus == 200);
    CHECK_THAT(result.error().message, ContainsSubstring(given.request.method + " " + given.request.path + ": "));
    CHECK_THAT(result.error().message, ContainsSubstring(problem));
  }
};

}  // namespace

TEST_CASE_METHOD(ResponseFixture, "a resource keeps the whole response") {
  const auto found = read(api::getSession("sess_1"), with(session, "}", R"(,"new":[1]})"));
  CHECK(found.value().status == "active");
  CHECK(found->json.find("new")->text() == "[1]");
  CHECK(found->actor.isNull());
  CHECK_FALSE(found->expireAt);
}

TEST_CASE_METHOD(ResponseFixture, "a response about something else than was asked for is refused") {
  checkUnreadable(api::getUser("user_1"), R"({"id":"user_2"})", "it is about another user");
  checkUnreadable(api::banUser("user_1"), R"({"id":"user_2"})", "it is about another user");
  checkUnreadable(api::updateUserMetadata("user_1", {liveblocks::Json::object({})}), R"({"id":"user_2"})",
                  "it is about another user");
  checkUnreadable(api::getSession("sess_2"), session, "it is about another session");
  checkUnreadable(api::revokeSession("sess_2"), session, "it is about another session");
  checkUnreadable(api::getOrganization("org_2"), R"({"id":"org_1","name":"A","slug":"a"})",
                  "it is about another organization");
  checkUnreadable(api::createOrganizationMembership({"org_2", "user_1", "org:member"}), membership,
                  "it is about another membership");
  checkUnreadable(api::updateOrganizationMembership({"org_1", "user_2", "org:member"}), membership,
                  "it is about another membership");
  checkUnreadable(api::listOrganizationMemberships("org_2"), listOf(membership),
                  "it has a membership that was not asked for");
  checkUnreadable(api::listUserMemberships("user_2"), listOf(membership), "it has a membership that was not asked for");
}

TEST_CASE_METHOD(ResponseFixture, "a list with what a filter by ids excludes is refused") {
  api::MembershipFilter members;
  members.userId = {"user_2", "user_3"};
  checkUnreadable(api::listOrganizationMemberships("org_1", members), listOf(membership),
                  "it has a membership that was not asked for");
  members.userId.emplace_back("user_1");
  CHECK(read(api::listOrganizationMemberships("org_1", members), listOf(membership)));

  api::UserFilter users;
  users.userId = {"user_2"};
  checkUnreadable(api::listUsers(users), R"([{"id":"user_2"},{"id":"user_1"}])", "it has a user who was not asked for");
  CHECK(read(api::listUsers(users), R"([{"id":"user_2"}])"));

  checkUnreadable(api::listSessions({"user_2"}), listOf(session), "it has a session that was not asked for");
  checkUnreadable(api::listSessions({"user_1", "client_2"}), listOf(session),
                  "it has a session that was not asked for");
  CHECK(read(api::listSessions({"user_1", "client_1"}), listOf(session)));
}

TEST_CASE_METHOD(ResponseFixture, "a response about another invitation is refused") {
  const char* const problem = "it is about another invitation";
  checkUnreadable(api::revokeInvitation("inv_2"), invitation, problem);
  for (const auto& key : {api::OrganizationInvitationKey{"org_2", "orginv_1"}, {"org_1", "orginv_2"}}) {
    checkUnreadable(api::getOrganizationInvitation(key), organizationInvitation, problem);
    checkUnreadable(api::revokeOrganizationInvitation(key), organizationInvitation, problem);
  }
  CHECK(read(api::getOrganizationInvitation({"org_1", "orginv_1"}), organizationInvitation));
  checkUnreadable(api::createOrganizationInvitation({"org_2", "a@example.com", "org:member"}), organizationInvitation,
                  problem);
  CHECK(read(api::createOrganizationInvitation({"org_1", "a@example.com", "org:member"}), organizationInvitation));
  checkUnreadable(api::listOrganizationInvitations("org_2"), listOf(organizationInvitation),
                  "it has an invitation that was not asked for");
}

TEST_CASE_METHOD(ResponseFixture, "an organization is found by its id or its slug") {
  const std::string body = R"({"id":"org_1","name":"A","slug":"a"})";
  CHECK(read(api::getOrganization("org_1"), body));
  CHECK(read(api::getOrganization("a"), body));
}

TEST_CASE_METHOD(ResponseFixture, "a membership without a user is nobody's") {
  const std::string body = with(membership, R"({"user_id":"user_1"})", "null");
  CHECK_FALSE(read(api::listOrganizationMemberships("org_1"), listOf(body)).value().data.at(0).userId);
}

TEST_CASE_METHOD(ResponseFixture, "what is needed for a decision must be there") {
  const auto getSession = api::getSession("sess_1");
  checkUnreadable(getSession, with(session, R"("active")", "null"), R"("status" is not a text)");
  checkUnreadable(getSession, with(session, R"("user_1")", R"("")"), R"("user_id" is not a text that is not empty)");
  checkUnreadable(getSession, with(session, R"("sess_1")", "7"), R"("id" is not a text)");

  const auto members = api::listOrganizationMemberships("org_1");
  checkUnreadable(members, listOf(with(membership, R"("org:member")", "null")), R"("data[0].role" is not a text)");
  checkUnreadable(members, listOf(with(membership, R"("org:member")", R"("")")), R"("data[0].role" is not a text)");
  checkUnreadable(members, listOf(with(membership, R"("org_1")", "{}")),
                  R"("data[0].organization" is not an organization)");
  checkUnreadable(members, listOf(with(membership, R"({"id":"org_1","name":"Acme"})", "[]")),
                  R"("data[0].organization" is not an organization)");
  checkUnreadable(api::getOrganization("org_1"), R"({"id":"org_1"})", R"("name" is not a text)");

  checkUnreadable(api::revokeInvitation("inv_1"), with(invitation, R"("pending")", "1"), R"("status" is not a text)");
  checkUnreadable(api::getOrganizationInvitation({"org_1", "orginv_1"}),
                  with(organizationInvitation, R"("org_1")", "null"), R"("organization_id" is not a text)");
}

TEST_CASE_METHOD(ResponseFixture, "members have the types that are documented") {
  const auto members = api::listOrganizationMemberships("org_1");
  const auto listWith = [](const std::string& member) { return listOf(with(membership, "{", "{" + member + ",")); };
  checkUnreadable(members, listWith(R"("permissions":"org:a:b")"), R"("data[0].permissions" is not a list or null)");
  checkUnreadable(members, listWith(R"("permissions":["org:a:b",1])"),
                  R"("data[0].permissions" is not a list of texts)");
  checkUnreadable(members, listWith(R"("public_metadata":[])"),
                  R"("data[0].public_metadata" is not an object or null)");
  checkUnreadable(members, listWith(R"("created_at":"now")"), R"("data[0].created_at" is not an integer or null)");
  checkUnreadable(members, listOf(with(membership, R"("user_1")", "1")),
                  R"("data[0].public_user_data.user_id" is not a text or null)");
  checkUnreadable(members, listOf(with(membership, R"({"user_id":"user_1"})", "[]")),
                  R"("data[0].public_user_data" is not an object or null)");
  checkUnreadable(api::getSession("sess_1"), with(session, "{", R"({"actor":"user_2",)"),
                  R"("actor" is not an object or null)");
  checkUnreadable(api::getSession("sess_1"), with(session, "{", R"({"expire_at":1.5,)"),
                  R"("expire_at" is not an integer or null)");
  checkUnreadable(api::revokeInvitation("inv_1"), with(invitation, "{", R"({"url":[],)"),
                  R"("url" is not a text or null)");
}

TEST_CASE_METHOD(ResponseFixture, "times are read to the millisecond, and end with the clock") {
  using Time = std::chrono::system_clock::time_point;
  const auto [text, time] = GENERATE(table<const char*, Time>({
      {"1735689600123", Time(std::chrono::milliseconds(1735689600123))},
      {"0", Time()},
      {"-1", Time(std::chrono::milliseconds(-1))},
      {"9223372036854775807", (Time::max)()},
      {"-9223372036854775808", (Time::min)()},
  }));
  CHECK(read(api::getSession("sess_1"), with(session, "{", R"({"expire_at":)" + std::string(text) + ","))
            .value()
            .expireAt == time);
}

TEST_CASE_METHOD(ResponseFixture, "a list has items and their number") {
  const auto sessions = api::listSessions({"user_1"});
  CHECK(read(sessions, listOf(session)).value().totalCount == 1);
  const auto [body, problem] = GENERATE(table<const char*, const char*>({
      {"[]", R"("data" is not a list)"},
      {R"({"total_count":1})", R"("data" is not a list)"},
      {R"({"data":{},"total_count":1})", R"("data" is not a list)"},
      {R"({"data":[]})", R"("total_count" is not an integer)"},
      {R"({"data":[],"total_count":-1})", R"("total_count" is not a count)"},
      {R"({"data":[],"total_count":1.5})", R"("total_count" is not an integer)"},
      {R"({"data":["sess_1"],"total_count":1})", R"("data[0].id" is not a text)"},
      {R"({"data":[],"data":[],"total_count":1})", "it is not strict JSON"},
      {"", "it is not strict JSON"},
      {"<html>", "it is not strict JSON"},
  }));
  checkUnreadable(sessions, body, problem);
}

TEST_CASE_METHOD(ResponseFixture, "users are read from a list without a number") {
  CHECK(read(api::listUsers(), R"( [{"id":"user_1","first_name":"Ada"},{"id":"user_2"}])").value().at(0).firstName ==
        "Ada");
  checkUnreadable(api::listUsers(), R"({"data":[],"total_count":0})", "it is not a list");
  checkUnreadable(api::listUsers(), R"([{"id":"user_1"},{"id":5}])", "Clerk's response is not a user");
  checkUnreadable(api::listUsers(), "[", "it is not strict JSON");
  CHECK(read(api::countUsers(), R"({"object":"total_count","total_count":7})").value() == 7);
  checkUnreadable(api::countUsers(), "7", R"("total_count" is not an integer)");
  checkUnreadable(api::countUsers(), R"({"total_count":"7"})", R"("total_count" is not an integer)");
}

TEST_CASE_METHOD(ResponseFixture, "the token of a session is a secret") {
  const std::string jwt = tokenWith(R"({"sid":"sess_1"})");
  const auto token = read(api::createSessionToken("sess_1"), R"({"object":"token","jwt":")" + jwt + "\"}");
  CHECK(token.value().reveal() == jwt);
  CHECK(token->redacted() == "***");
  checkUnreadable(api::createSessionToken("sess_1"), R"({"jwt":""})", R"("jwt" is not a text that is not empty)");
  checkUnreadable(api::createSessionToken("sess_1"), R"({"jwt":["a.b.c"]})",
                  R"("jwt" is not a text that is not empty)");
  checkUnreadable(api::createSessionToken("sess_1"), "{}", R"("jwt" is not a text that is not empty)");
  checkUnreadable(api::createSessionToken("sess_1"), "{", "it is not strict JSON");
}

TEST_CASE_METHOD(ResponseFixture, "the token of another session, or of none, is refused") {
  const auto call = api::createSessionToken("sess_1");
  const std::string payload =
      GENERATE(R"({"sid":"sess_2"})", R"({"sid":"sess_11"})", R"({"sid":"sess_"})", R"({"sid":""})", R"({"sid":null})",
               R"({"sid":["sess_1"]})", R"({"act":{"sid":"sess_1"}})", "{}", R"(["sid","sess_1"])", R"("sess_1")");
  checkUnreadable(call, R"({"jwt":")" + tokenWith(payload) + "\"}", "the token is of another session");
}

TEST_CASE_METHOD(ResponseFixture, "a token is a JWT") {
  const std::string good = tokenWith(R"({"sid":"sess_1"})");
  const std::string jwt =
      GENERATE_COPY(std::string("."), std::string("a"), std::string("a.b"), std::string(".."), std::string("a.b.c"),
                    good + ".d", good.substr(0, good.rfind('.')), tokenWith(R"({"sid":"sess_1","sid":"sess_2"})"),
                    tokenWith("{"), with(good, ".", "\\u002e"));
  const api::SessionTokenOptions options{GENERATE("", "supabase")};
  checkUnreadable(api::createSessionToken("sess_1", options), R"({"jwt":")" + jwt + "\"}", R"("jwt" is not a JWT)");
}

TEST_CASE_METHOD(ResponseFixture, "a token from a template has what the template says, but not another session") {
  const auto call = api::createSessionToken("sess_1", {"supabase"});
  const std::string payload =
      GENERATE("{}", R"({"sid":"sess_1"})", R"({"sid":"a-key-of-the-application"})", R"({"sid":7})");
  const std::string jwt = tokenWith(payload);
  CHECK(read(call, R"({"jwt":")" + jwt + "\"}").value().reveal() == jwt);
  checkUnreadable(call, R"({"jwt":")" + tokenWith(R"({"sid":"sess_2"})") + "\"}", "the token is of another session");
}

TEST_CASE_METHOD(ResponseFixture, "a token from a template may be large and deep") {
  const std::string payload = R"({"a":")" + std::string(std::size_t{64} << 10, 'x') + R"(","b":)" +
                              std::string(40, '[') + std::string(40, ']') + "}";
  CHECK(read(api::createSessionToken("sess_1", {"supabase"}), R"({"jwt":")" + tokenWith(payload) + "\"}"));
}

TEST_CASE_METHOD(ResponseFixture, "invitations are read") {
  CHECK(read(api::createInvitation({"a@example.com"}), invitation).value().emailAddress == "a@example.com");
  const auto list = read(api::listOrganizationInvitations("org_1"), listOf(organizationInvitation));
  CHECK(list.value().data.at(0).role == "org:member");
  CHECK(list->data.at(0).status.empty());
}

TEST_CASE_METHOD(ResponseFixture, "a removed member is gone whatever the response says") {
  CHECK(read(api::deleteOrganizationMembership({"org_1", "user_1"}), "no JSON"));
  transport->pushJson(404, R"({"errors":[{"code":"resource_not_found","message":"not found"}]})");
  CHECK(call(api::deleteOrganizationMembership({"org_1", "user_1"})).error().code == Errc::notFound);
}
