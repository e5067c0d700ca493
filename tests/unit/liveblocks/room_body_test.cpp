#include <string>
#include <tuple>

#include "catch.hpp"
#include "room_outcome.hpp"
#include "rooms_json.hpp"

namespace lb = liveblocks;
using liveblocks_tests::outcome;

namespace {

using BothOptions = std::tuple<lb::CreateRoomOptions, lb::UpdateRoomOptions>;

/// Sets all members of options or of an update.
template <class Options>
Options everything() {
  Options options;
  options.defaultAccesses = lb::READ_ACCESS;
  options.groupsAccesses.emplace("staff", lb::FULL_ACCESS);
  options.usersAccesses.emplace("ada", lb::Permissions{"*:read", "comments:write"});
  options.metadata.emplace("color", "blue \"é\"");
  options.metadata.emplace("tags", std::vector<std::string>{"a", "b"});
  return options;
}

const std::string everythingText =
    R"("defaultAccesses":["*:read"],"groupsAccesses":{"staff":["*:write"]},)"
    R"("usersAccesses":{"ada":["*:read","comments:write"]},"metadata":{"color":"blue \"é\"","tags":["a","b"]})";

template <class Map>
Map entries(std::size_t count, const typename Map::mapped_type& value) {
  Map map;
  while (map.size() < count) map.emplace(std::to_string(map.size()), value);
  return map;
}

/// Returns what is wrong with options, or an update, with one member; empty when they are valid.
template <class Member, class Value>
std::string problem(Member lb::CreateRoomOptions::*member, Value&& value) {
  lb::CreateRoomOptions options;
  options.*member = std::forward<Value>(value);
  const std::string text = outcome(lb::detail::createRoomBody("r", options));
  return text.front() == '{' ? "" : text;
}

template <class Member, class Value>
std::string problem(Member lb::UpdateRoomOptions::*member, Value&& value) {
  lb::UpdateRoomOptions update;
  update.*member = std::forward<Value>(value);
  const std::string text = outcome(lb::detail::updateRoomBody(update));
  return text.front() == '{' ? "" : text;
}

}  // namespace

TEST_CASE("a room is created with default accesses and all other options") {
  CHECK(outcome(lb::detail::createRoomBody("r", {})) == R"({"id":"r","defaultAccesses":[]})");
  auto options = everything<lb::CreateRoomOptions>();
  options.organizationId = "org_1";
  CHECK(outcome(lb::detail::createRoomBody("a \"b\"/é", options)) ==
        R"({"id":"a \"b\"/é",)" + everythingText + R"(,"organizationId":"org_1"})");
}

TEST_CASE("an update contains what changes, and null for what is removed") {
  CHECK(outcome(lb::detail::updateRoomBody(everything<lb::UpdateRoomOptions>())) == "{" + everythingText + "}");
  lb::UpdateRoomOptions update;
  update.groupsAccesses = {{"staff", std::nullopt}, {"guests", lb::Permissions{}}};
  update.usersAccesses = {{"bob", std::nullopt}};
  update.metadata = {{"color", std::nullopt}, {"tags", std::vector<std::string>{}}};
  CHECK(outcome(lb::detail::updateRoomBody(update)) ==
        R"({"groupsAccesses":{"guests":[],"staff":null},"usersAccesses":{"bob":null},)"
        R"("metadata":{"color":null,"tags":[]}})");
}

TEST_CASE("empty default accesses close the room, and default accesses that are left out stay") {
  CHECK(outcome(lb::detail::updateRoomBody({lb::Permissions{}})) == R"({"defaultAccesses":[]})");
  CHECK(outcome(lb::detail::updateRoomBody(lb::UpdateRoomOptions{{}})) == R"({"defaultAccesses":[]})");
  lb::UpdateRoomOptions update;
  update.defaultAccesses = {};
  CHECK(outcome(lb::detail::updateRoomBody(update)) == R"({"defaultAccesses":[]})");
  update.defaultAccesses = {"*:read", "comments:write"};
  CHECK(outcome(lb::detail::updateRoomBody(update)) == R"({"defaultAccesses":["*:read","comments:write"]})");
  update.defaultAccesses = lb::DefaultAccessesUpdate::unchanged();
  CHECK(outcome(lb::detail::updateRoomBody(update)) == "invalid: the update changes nothing");
}

TEST_CASE("an update that changes nothing is refused") {
  CHECK(outcome(lb::detail::updateRoomBody({})) == "invalid: the update changes nothing");
  CHECK(outcome(lb::detail::upsertRoomBody("r", {}, {})) == "invalid: the update changes nothing");
  CHECK(outcome(lb::detail::upsertRoomBody("r", {}, lb::CreateRoomOptions())) == "invalid: the update changes nothing");
}

TEST_CASE("an upsert contains an update and the options of a new room") {
  lb::UpdateRoomOptions update;
  update.metadata = {{"color", "blue"}};
  const std::string updateText = R"("update":{"metadata":{"color":"blue"}})";
  CHECK(outcome(lb::detail::upsertRoomBody("r", update, lb::CreateRoomOptions())) ==
        "{" + updateText + R"(,"create":{"defaultAccesses":[]}})");
  auto create = everything<lb::CreateRoomOptions>();
  create.organizationId = "org_1";
  CHECK(outcome(lb::detail::upsertRoomBody("r", update, create)) ==
        "{" + updateText + R"(,"create":{)" + everythingText + R"(,"organizationId":"org_1"}})");
}

TEST_CASE("a room that an upsert creates is private by default") {
  lb::UpdateRoomOptions update;
  update.usersAccesses = {{"bob", lb::READ_ACCESS}};
  CHECK(outcome(lb::detail::upsertRoomBody("r", update, {})) ==
        R"({"update":{"usersAccesses":{"bob":["*:read"]}},"create":{"defaultAccesses":[]}})");
  CHECK(outcome(lb::detail::upsertRoomBody("r", {lb::READ_ACCESS}, {})) ==
        R"({"update":{"defaultAccesses":["*:read"]}})");
}

TEST_CASE("the options of a room that an upsert creates are checked") {
  lb::CreateRoomOptions create;
  create.organizationId = "";
  CHECK(outcome(lb::detail::upsertRoomBody("r", {lb::FULL_ACCESS}, create)) == "invalid: organizationId is empty");
}

TEST_CASE("a room gets a new id") {
  CHECK(outcome(lb::detail::updateRoomIdBody("acme:\"1\"")) == R"({"newRoomId":"acme:\"1\""})");
}

TEST_CASE("ids of new rooms are within the limits, contain no star and cannot change a path") {
  const auto [id, problem] = GENERATE(table<std::string, std::string>({
      {"", "room id is empty"},
      {"\xFF", "room id is not valid UTF-8"},
      {"..", "room id is a path segment of dots, or holds one"},
      {"a/../b", "room id is a path segment of dots, or holds one"},
      {"acme:*", "room id holds a '*', which stands for many rooms in permissions"},
      {"a*b", "room id holds a '*', which stands for many rooms in permissions"},
      {std::string(129, 'a'), "room id is longer than 128 UTF-16 code units"},
  }));
  CHECK(outcome(lb::detail::createRoomBody(id, {})) == "invalid: the " + problem);
  CHECK(outcome(lb::detail::upsertRoomBody(id, {lb::FULL_ACCESS}, {})) == "invalid: the " + problem);
  CHECK(outcome(lb::detail::updateRoomIdBody(id)) == "invalid: the new " + problem);
}

TEST_CASE("ids of new rooms may have 128 UTF-16 code units") {
  const std::string id(128, 'a');
  CHECK(outcome(lb::detail::createRoomBody(id, {})) == R"({"id":")" + id + R"(","defaultAccesses":[]})");
  CHECK(outcome(lb::detail::updateRoomIdBody(id)) == R"({"newRoomId":")" + id + R"("})");
}

TEMPLATE_LIST_TEST_CASE("there may be 1000 users and 1000 groups, with ids of 1 to 256 UTF-16 code units", "",
                        BothOptions) {
  using Accesses = decltype(TestType::usersAccesses);
  const auto [member, name] = GENERATE(table<Accesses TestType::*, std::string>(
      {{&TestType::groupsAccesses, "groupsAccesses"}, {&TestType::usersAccesses, "usersAccesses"}}));
  CHECK(problem(member, entries<Accesses>(999, lb::READ_ACCESS)).empty());
  CHECK(problem(member, entries<Accesses>(1000, lb::READ_ACCESS)).empty());
  CHECK(problem(member, entries<Accesses>(1001, lb::READ_ACCESS)) ==
        "invalid: " + name + " has more than 1000 entries");
  const auto ofId = [&, checked = member](const std::string& id) {
    return problem(checked, Accesses{{id, lb::READ_ACCESS}});
  };
  CHECK(ofId(std::string(255, 'u')).empty());
  CHECK(ofId(std::string(256, 'u')).empty());
  CHECK(ofId(std::string(257, 'u')) == "invalid: an id in " + name + " is longer than 256 UTF-16 code units");
  CHECK(ofId("") == "invalid: an id in " + name + " is empty");
  CHECK(ofId("\xFF") == "invalid: an id in " + name + " is not valid UTF-8");
}

TEMPLATE_LIST_TEST_CASE("metadata may have 50 entries, with keys of 1 to 40 and values of up to 256 UTF-16 code units",
                        "", BothOptions) {
  using Metadata = decltype(TestType::metadata);
  const auto problemOf = [](const Metadata& metadata) { return problem(&TestType::metadata, metadata); };
  CHECK(problemOf(entries<Metadata>(49, "v")).empty());
  CHECK(problemOf(entries<Metadata>(50, "v")).empty());
  CHECK(problemOf(entries<Metadata>(51, "v")) == "invalid: metadata has more than 50 entries");

  const auto ofKey = [&](const std::string& key) { return problemOf({{key, "v"}}); };
  CHECK(ofKey(std::string(39, 'k')).empty());
  CHECK(ofKey(std::string(40, 'k')).empty());
  CHECK(ofKey(std::string(41, 'k')) == "invalid: a key of metadata is longer than 40 UTF-16 code units");
  CHECK(ofKey("") == "invalid: a key of metadata is empty");
  CHECK(ofKey("\xFF") == "invalid: a key of metadata is not valid UTF-8");

  const auto ofValue = [&](const lb::RoomMetadataValue& value) { return problemOf({{"k", value}}); };
  const auto listed = [](const std::string& text) { return std::vector<std::string>{"v", text}; };
  CHECK(ofValue("").empty());
  CHECK(ofValue(std::string(255, 'v')).empty());
  CHECK(ofValue(std::string(256, 'v')).empty());
  CHECK(ofValue(listed(std::string(256, 'v'))).empty());
  const std::string tooLong = "invalid: a value of metadata is longer than 256 UTF-16 code units";
  CHECK(ofValue(std::string(257, 'v')) == tooLong);
  CHECK(ofValue(listed(std::string(257, 'v'))) == tooLong);
  CHECK(ofValue("\xFF") == "invalid: a value of metadata is not valid UTF-8");
  CHECK(ofValue(listed("\xFF")) == "invalid: a value of metadata is not valid UTF-8");
}

TEST_CASE("what an update removes does not count towards a limit") {
  lb::UpdateRoomOptions update;
  update.metadata = entries<lb::RoomMetadataUpdate>(60, std::nullopt);
  update.usersAccesses = entries<lb::RoomAccessesUpdate>(1100, std::nullopt);
  CHECK(lb::detail::updateRoomBody(update));
  for (std::size_t i = 0; i < 50; ++i) update.metadata["new" + std::to_string(i)] = "v";
  CHECK(lb::detail::updateRoomBody(update));
  update.metadata["one more"] = "v";
  CHECK(outcome(lb::detail::updateRoomBody(update)) == "invalid: metadata has more than 50 entries");
}
