#include <liveblocks/ably/capability.hpp>

#include "catch.hpp"

namespace ably = liveblocks::ably;
using ably::Capability;
using ably::Operation;
using ably::UnknownOperations;

namespace {

void checkRefused(const liveblocks::Error& error) {
  CHECK(error.code == liveblocks::Errc::invalidRequest);
  CHECK_THAT(error.message, ContainsSubstring("(Ably 40000)"));
}

std::string roomOf(std::size_t length) { return R"({")" + std::string(length, 'x') + R"(":["publish"]})"; }

}  // namespace

TEST_CASE("grants become canonical text with the same meaning") {
  const std::vector<ably::Grant> grants = {{"room", {Operation::subscribe, Operation::publish, Operation::subscribe}},
                                           {"alpha", {Operation::history}}};
  CHECK(Capability::of(grants).value().text() == R"({"alpha":["history"],"room":["publish","subscribe"]})");
  CHECK(grants.front().resource == "room");
  CHECK(grants.front().operations.size() == 3);
}

TEST_CASE("every operation has Ably's name") {
  std::vector<Operation> operations;
  for (int i = 1; i <= static_cast<int>(Operation::privilegedHeaders); ++i) {
    operations.push_back(static_cast<Operation>(i));
  }
  const std::string text =
      R"({"ns:room":["annotation-publish","annotation-subscribe","channel-metadata","history","message-delete-any",)"
      R"("message-delete-own","message-update-any","message-update-own","object-publish","object-subscribe",)"
      R"("presence","privileged-headers","publish","push-admin","push-subscribe","stats","subscribe"]})";
  CHECK(Capability::of({{"ns:room", operations}}).value().text() == text);
  CHECK(Capability::parse(text).value().text() == text);
  CHECK(Capability::of({{"*", {Operation::all}}}).value().text() == R"({"*":["*"]})");
}

TEST_CASE("resources are in the order of ECMAScript") {
  const auto text = [](const char* json) { return Capability::parse(json).value().text(); };
  CHECK(text(R"({"b":["stats"],"10":["stats"],"01":["stats"],"9":["stats"],"-1":["stats"],"0":["stats"]})") ==
        R"({"0":["stats"],"9":["stats"],"10":["stats"],"-1":["stats"],"01":["stats"],"b":["stats"]})");
  CHECK(text(R"({"5":["stats"],"4294967295":["stats"],"4294967294":["stats"]})") ==
        R"({"5":["stats"],"4294967294":["stats"],"4294967295":["stats"]})");
  CHECK(text("{\"\uFF5E\":[\"stats\"],\"\U0001F600\":[\"stats\"]}") ==
        "{\"\U0001F600\":[\"stats\"],\"\uFF5E\":[\"stats\"]}");
}

TEST_CASE("capabilities that grant nothing, or are ambiguous, are refused") {
  const std::string json = GENERATE(
      as<std::string>(), "", "{bad", "5", "null", "\"x\"", R"(["a"])", "{}", R"({"a":[]})", R"({"a":"publish"})",
      R"({"a":null})", R"({"a":{"b":["publish"]}})", R"({"a":[["publish"]]})", R"({"a":[1]})", R"({"":["publish"]})",
      R"({"a":["publish"],"a":["subscribe"]})", R"({"a":["publish"],"\u0061":["publish"]})", R"({"a":["publish_"]})",
      R"({"a":["Publish"]})", R"({"a":[""]})", R"({"a":["*","publish"]})", R"({"a":["publish"]} x)",
      "{\"\xFF\":[\"*\"]}", R"({"\ud800":["publish"]})");
  CAPTURE(json);
  const auto capability = Capability::parse(json);
  REQUIRE_FALSE(capability);
  checkRefused(capability.error());
}

TEST_CASE("typed grants are checked in the same way") {
  const auto grants = GENERATE(
      as<std::vector<ably::Grant>>(), std::vector<ably::Grant>{}, std::vector<ably::Grant>{{"", {Operation::publish}}},
      std::vector<ably::Grant>{{"a\xFF", {Operation::publish}}}, std::vector<ably::Grant>{{"a", {}}},
      std::vector<ably::Grant>{{"a", {Operation::publish}}, {"a", {Operation::stats}}},
      std::vector<ably::Grant>{{"a", {Operation::all, Operation::publish}}});
  const auto capability = Capability::of(grants);
  REQUIRE_FALSE(capability);
  checkRefused(capability.error());
}

TEST_CASE("unknown operations pass when they are accepted") {
  const auto parse = [](const char* json) { return Capability::parse(json, UnknownOperations::accept); };
  CHECK(parse(R"({"a":["teleport","publish"]})").value().text() == R"({"a":["publish","teleport"]})");
  CHECK_FALSE(parse(R"({"a":[""]})"));
  CHECK_FALSE(parse(R"({"a":["*","teleport"]})"));
}

TEST_CASE("the text of a capability is limited") {
  const std::size_t around = roomOf(0).size();
  CHECK(Capability::parse(roomOf(Capability::maxBytes - around)).value().text().size() == Capability::maxBytes);
  CHECK_FALSE(Capability::parse(roomOf(Capability::maxBytes - around + 1)));
  CHECK_FALSE(Capability::of({{std::string(Capability::maxBytes, 'x'), {Operation::stats}}}));
}

TEST_CASE("all capabilities of the key have no text") {
  CHECK(Capability::allKeyCapabilities().isEverything());
  CHECK(Capability::allKeyCapabilities().text().empty());
  CHECK_FALSE(Capability::parse(R"({"*":["*"]})").value().isEverything());
}

TEST_CASE("a channel name with input names one channel") {
  CHECK(ably::channelName("doc", "42").value() == "doc:42");
  CHECK(ably::channelName("acme:doc", "a[b] c").value() == "acme:doc:a[b] c");
  const std::string id = GENERATE(as<std::string>(), "", "*", "a*", "a:b", "[meta]x", "a\n", "\x7F", "a\xFF");
  CAPTURE(id);
  const auto channel = ably::channelName("doc", id);
  REQUIRE_FALSE(channel);
  checkRefused(channel.error());
}

TEST_CASE("the namespace of a channel name matches no other channels") {
  const std::string nameSpace =
      GENERATE(as<std::string>(), "", "*", "*:doc", "acme:*", "a*", "[meta]x", "a\n", "\x7F", "a\xFF");
  CAPTURE(nameSpace);
  const auto channel = ably::channelName(nameSpace, "42");
  REQUIRE_FALSE(channel);
  checkRefused(channel.error());
}
