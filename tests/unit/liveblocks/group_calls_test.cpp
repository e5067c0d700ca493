#include <liveblocks/groups.hpp>

#include <nlohmann/json.hpp>
#include <string>

#include "catch.hpp"
#include "typed_responses.hpp"

namespace groups = liveblocks::groups;
using liveblocks_tests::checkOthers;
using liveblocks_tests::checkRefusals;
using liveblocks_tests::nothing;
using liveblocks_tests::TypedCallFixture;
using nlohmann::json;

namespace {

const json group = json::parse(R"({"type": "group", "id": "g", "organizationId": "default", "later": 1,
  "createdAt": "2025-01-01T00:00:00.000Z", "updatedAt": "2025-01-02T00:00:00.000Z", "scopes": {"mention": true},
  "members": [{"id": "ada", "addedAt": "2025-01-01T00:00:00.000Z"}]})");

}  // namespace

TEST_CASE_METHOD(TypedCallFixture, "a group is created, changed and removed") {
  CHECK(sent(groups::create({"g"})) == R"(POST /v2/groups {"id":"g"})");
  CHECK(sent(groups::create({"g", {"a", "b"}, "o", true})) ==
        R"(POST /v2/groups {"id":"g","memberIds":["a","b"],"organizationId":"o","scopes":{"mention":true}})");
  CHECK(sent(groups::create({"g", {}, {}, false})) == R"(POST /v2/groups {"id":"g","scopes":{}})");
  CHECK(sent(groups::get("a/b")) == "GET /v2/groups/a%2Fb");
  CHECK(sent(groups::addMembers("g", {"a"})) == R"(POST /v2/groups/g/add-members {"memberIds":["a"]})");
  CHECK(sent(groups::removeMembers("g", {"a"})) == R"(POST /v2/groups/g/remove-members {"memberIds":["a"]})");
  CHECK(sent(groups::deleteGroup("g")) == "DELETE /v2/groups/g");
  CHECK(refusalOf(groups::addMembers("g", {})) == "memberIds is empty");
  CHECK(refusalOf(groups::removeMembers("g", {"a", ""})) == "an item of memberIds is empty");
  CHECK(refusalOf(groups::create({""})) == "id is empty");
}

TEST_CASE_METHOD(TypedCallFixture, "groups are listed by page") {
  CHECK(sent(groups::list()) == "GET /v2/groups");
  CHECK(sent(groups::list({7, "c"})) == "GET /v2/groups?startingAfter=c&limit=7");
  CHECK(sent(groups::listOfUser("ada", {7, {}})) == "GET /v2/users/ada/groups?limit=7");
  const auto page = readFrom(groups::listOfUser("ada"), json{{"data", {group}}, {"nextCursor", "c"}}.dump()).value();
  CHECK(page.nextCursor == "c");
  CHECK(page.data.at(0).id == "g");
}

TEST_CASE_METHOD(TypedCallFixture, "a group is read") {
  const auto read = readFrom(groups::get("g"), group.dump()).value();
  CHECK(read.organizationId == "default");
  CHECK(read.mention);
  CHECK(read.updatedAt - read.createdAt == std::chrono::hours(24));
  CHECK(read.members.at(0).id == "ada");
  CHECK(read.members.at(0).addedAt == read.createdAt);
  CHECK(read.json.find("later")->asInteger() == 1);
  checkRefusals(*this, groups::get("g"), group,
                {{"/id", nothing()},
                 {"/organizationId", 7},
                 {"/createdAt", nothing()},
                 {"/updatedAt", 7},
                 {"/scopes", 7},
                 {"/members", nothing()},
                 {"/members/0/id", 7},
                 {"/members/0/addedAt", 7}});
}

TEST_CASE_METHOD(TypedCallFixture, "a response about another group is refused") {
  checkOthers(*this, groups::get("g"), group, {"/id"});
  checkOthers(*this, groups::create({"g"}), group, {"/id"});
  checkOthers(*this, groups::addMembers("g", {"ada"}), group, {"/id"});
  checkOthers(*this, groups::removeMembers("g", {"ada"}), group, {"/id"});
}
