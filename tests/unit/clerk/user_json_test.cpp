#include <liveblocks/clerk/users.hpp>

#include <liveblocks/testing/fake_transport.hpp>
#include <nlohmann/json.hpp>

#include "catch.hpp"

namespace clerk = liveblocks::clerk;
using liveblocks::Errc;
using nlohmann::json;

namespace {

const json& ada() {
  static const json user = json::parse(R"({
    "object": "user", "id": "user_1", "username": "ada", "first_name": "Ada", "last_name": "Lovelace",
    "image_url": "https://img.clerk.com/ada", "has_image": true, "primary_email_address_id": "idn_2",
    "email_addresses": [{"id": "idn_1", "email_address": "old@example.com", "verification": null},
                        {"id": "idn_2", "email_address": "ada@example.com", "linked_to": []}],
    "public_metadata": {"plan": "pro"}, "private_metadata": {}, "unsafe_metadata": {"theme": [1, 2]},
    "external_id": null, "created_at": 1735689600000})");
  return user;
}

/// The user `user_1` from the body of a response.
liveblocks::Result<clerk::User> readUser(std::string body) {
  const auto transport = std::make_shared<liveblocks::testing::FakeTransport>();
  transport->pushJson(200, std::move(body));
  clerk::UsersOptions options;
  options.secretKey = "sk_test_abc";
  return clerk::Users(options, transport).get("user_1");
}

/// Ada with some members replaced.
clerk::User with(const json& changes) {
  json user = ada();
  user.update(changes);
  return readUser(user.dump()).value();
}

}  // namespace

TEST_CASE("a user is read") {
  const std::string text = ada().dump();
  const clerk::User user = readUser(text).value();
  CHECK(user.id == "user_1");
  CHECK(user.username == "ada");
  CHECK(user.firstName == "Ada");
  CHECK(user.lastName == "Lovelace");
  CHECK(user.fullName == "Ada Lovelace");
  CHECK(user.imageUrl == "https://img.clerk.com/ada");
  CHECK(user.primaryEmailAddress == "ada@example.com");
  CHECK(user.publicMetadata.text() == R"({"plan":"pro"})");
  CHECK(user.privateMetadata.text() == "{}");
  CHECK(user.unsafeMetadata.text() == R"({"theme":[1,2]})");
  CHECK(user.raw == text);
}

TEST_CASE("the least of a user is an id") {
  const clerk::User user = readUser(R"({"id":"user_1"})").value();
  CHECK_FALSE(user.username);
  CHECK_FALSE(user.fullName);
  CHECK(user.imageUrl.empty());
  CHECK_FALSE(user.primaryEmailAddress);
  CHECK(user.publicMetadata.text() == "{}");
}

TEST_CASE("the full name joins what there is of a name") {
  const auto [first, last, full] = GENERATE(table<json, json, std::optional<std::string>>({
      {"John", "Doe", "John Doe"},
      {"John", nullptr, "John"},
      {nullptr, "Doe", "Doe"},
      {nullptr, nullptr, std::nullopt},
      {"", "", std::nullopt},
      {" ", "\t", std::nullopt},
      {" A ", " B ", "A   B"},
      {"\u3000Tar\u014D", "Yamada\u00A0", "Tar\u014D Yamada"},
      {"\u3000", nullptr, std::nullopt},
      {"\uFEFF\u2003Jos\u00E9", "\u2028", "Jos\u00E9"},
  }));
  CAPTURE(first, last);
  CHECK(with({{"first_name", first}, {"last_name", last}}).fullName == full);
}

TEST_CASE("the primary email address is the one that is marked so") {
  CHECK(with({{"primary_email_address_id", "idn_1"}}).primaryEmailAddress == "old@example.com");
  const json changes = GENERATE(json{{"primary_email_address_id", nullptr}},    //
                                json{{"primary_email_address_id", "idn_9"}},    //
                                json{{"email_addresses", nullptr}},             //
                                json{{"email_addresses", json::array()}},       //
                                json{{"email_addresses", json::array({"x"})}},  //
                                json{{"email_addresses", json::array({{{"id", "idn_2"}}})}});
  CAPTURE(changes);
  CHECK_FALSE(with(changes).primaryEmailAddress);
}

TEST_CASE("banned, locked and deprovisioned users are reported") {
  const auto [name, value, expected] = GENERATE(table<std::string, json, bool>({
      {"banned", true, true},
      {"locked", true, true},
      {"deprovisioned", true, true},
      {"banned", false, false},
      {"locked", nullptr, false},
      {"deprovisioned", nullptr, false},
      {"timezone", "Europe/Berlin", false},
  }));
  CAPTURE(name, value);
  const clerk::User user = with({{name, value}});
  CHECK(user.banned == (expected && name == "banned"));
  CHECK(user.locked == (expected && name == "locked"));
  CHECK(user.deprovisioned == (expected && name == "deprovisioned"));
  CHECK(json::parse(user.raw).at(name) == value);
}

TEST_CASE("numbers in metadata keep their digits") {
  const auto user = readUser(R"({"id":"user_1","public_metadata":{"b":1.50,"a":123456789012345678901234567890}})");
  CHECK(user.value().publicMetadata.text() == R"({"b":1.50,"a":123456789012345678901234567890})");
}

TEST_CASE("a response that is not a user is rejected") {
  const std::string text = GENERATE(
      "", "null", "[]", "\"user_1\"", "{}", R"({"id":""})", R"({"id":null})", R"({"id":5})",
      R"({"id":"user_1","id":"b"})", R"({"id":"user_1"} x)", R"({"id":"user_1","image_url":5})",
      R"({"id":"user_1","username":{}})", R"({"id":"user_1","first_name":[]})", R"({"id":"user_1","last_name":false})",
      R"({"id":"user_1","public_metadata":"{}"})", R"({"id":"user_1","private_metadata":[]})",
      R"({"id":"user_1","unsafe_metadata":1})", R"({"id":"user_1","banned":"true"})", R"({"id":"user_1","locked":1})",
      R"({"id":"user_1","deprovisioned":{}})", "{\"id\":\"\xFF\"}", "<html>");
  CAPTURE(text);
  const liveblocks::Error error = readUser(text).error();
  CHECK(error.code == Errc::upstream);
  CHECK(error.message == "Clerk's response is not a user");
}

TEST_CASE("the depth of a user object is limited") {
  const auto nested = [](int depth) {
    return R"({"id":"user_1","x":)" + std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']') + "}";
  };
  CHECK(readUser(nested(liveblocks::Json::maxDepth - 1)));
  CHECK_FALSE(readUser(nested(liveblocks::Json::maxDepth)));
}
