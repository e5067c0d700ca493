#include <liveblocks/liveblocks.hpp>
#include <liveblocks/storage.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "catch.hpp"

namespace lb = liveblocks;
namespace storage = liveblocks::storage;
using lb::Errc;
using lb::Json;
using nlohmann::json;

namespace {

struct DocumentFixture {
  std::shared_ptr<lb::testing::FakeLiveblocks> fake = std::make_shared<lb::testing::FakeLiveblocks>();
  lb::Liveblocks client{{fake->secretKey()}, fake};

  DocumentFixture() { CHECK(client.createRoom("r").ok()); }

  void initialize() const {
    const Json document = Json::parse(
        R"({"liveblocksType":"LiveObject","data":{"title":"a","plain":{"x":[1]},
            "list":{"liveblocksType":"LiveList","data":[1,2]},
            "byId":{"liveblocksType":"LiveMap","data":{"k":{"liveblocksType":"LiveObject","data":{"n":1}}}}}})");
    CHECK(client.call(storage::initialize("r", document)).value().text() == document.text());
  }

  json document(storage::Format format = storage::Format::json) const {
    return json::parse(client.call(storage::get("r", format)).value().text());
  }

  lb::Result<void> patch(const char* operations) const {
    return client.call(storage::patch("r", Json::parse(operations)));
  }
};

}  // namespace

TEST_CASE_METHOD(DocumentFixture, "a room gets a document once") {
  CHECK(document() == json::object());
  CHECK(document(storage::Format::plainLson) == json{{"liveblocksType", "LiveObject"}, {"data", json::object()}});
  initialize();
  CHECK(document() == json::parse(R"({"title":"a","plain":{"x":[1]},"list":[1,2],"byId":{"k":{"n":1}}})"));
  const Json other = Json::parse(R"({"liveblocksType":"LiveObject","data":{}})");
  const auto again = client.call(storage::initialize("r", other));
  CHECK(again.error().code == Errc::conflict);
  CHECK(again.error().info->code == "CANNOT_UPDATE_EXISTING_STORAGE");
  CHECK(client.call(storage::deleteDocument("r")).ok());
  CHECK(document() == json::object());
  CHECK(client.call(storage::initialize("r", other)).ok());
}

TEST_CASE_METHOD(DocumentFixture, "a document needs a room") {
  CHECK(client.call(storage::get("s")).error().code == Errc::notFound);
  CHECK(client.call(storage::deleteDocument("s")).error().code == Errc::notFound);
  CHECK(client.call(storage::patch("s", Json::array({}))).error().code == Errc::notFound);
  CHECK(client.deleteRoom("r").ok());
  CHECK(client.createRoom("r").ok());
  CHECK(document() == json::object());
}

TEST_CASE_METHOD(DocumentFixture, "a JSON Patch changes a document") {
  initialize();
  CHECK(patch(R"([
    {"op":"test","path":"/list","value":[1,2]},
    {"op":"replace","path":"/title","value":"b"},
    {"op":"add","path":"/list/-","value":{"deep":[true]}},
    {"op":"add","path":"/list/0","value":0},
    {"op":"remove","path":"/list/1"},
    {"op":"add","path":"/byId/a~1b","value":null},
    {"op":"copy","from":"/byId/k","path":"/copy"},
    {"op":"move","from":"/byId/k/n","path":"/moved"},
    {"op":"replace","path":"/list/2/deep/0","value":false}
  ])")
            .ok());
  CHECK(document() ==
        json::parse(R"({"title":"b","plain":{"x":[1]},"list":[0,2,{"deep":[false]}],"byId":{"k":{},"a/b":null},
                        "copy":{"n":1},"moved":1})"));
  CHECK(document(storage::Format::plainLson)["data"]["list"]["data"][2] ==
        json::parse(R"({"liveblocksType":"LiveObject","data":{"deep":{"liveblocksType":"LiveList","data":[false]}}})"));
}

TEST_CASE_METHOD(DocumentFixture, "a difference of two values is a JSON Patch") {
  initialize();
  json wanted = document();
  wanted["list"] = {2, "x"};
  wanted["byId"]["k"]["n"] = 7;
  wanted.erase("title");
  CHECK(client.call(storage::patch("r", json::diff(document(), wanted))).ok());
  CHECK(document() == wanted);
}

TEST_CASE_METHOD(DocumentFixture, "a JSON Patch that fails changes nothing") {
  initialize();
  const json before = document();
  const auto [operation, message] = GENERATE(table<const char*, const char*>({
      {R"({"op":"test","path":"/title","value":"b"})", R"(Test failed: value at path "/title" does not match.)"},
      {R"({"op":"remove","path":"/none"})", R"(There is no value at "none".)"},
      {R"({"op":"replace","path":"/none","value":1})", R"(There is no value at "none".)"},
      {R"({"op":"add","path":"/list/3","value":1})", R"(Index out of bounds: "3".)"},
      {R"({"op":"remove","path":"/list/-"})", R"(Index out of bounds: "-".)"},
      {R"({"op":"remove","path":"/list/00"})", R"(Index out of bounds: "00".)"},
      {R"({"op":"remove","path":"/list/2"})", R"(Index out of bounds: "2".)"},
      {R"({"op":"add","path":"/plain/y","value":1})", "A parent is no LiveObject, LiveList or LiveMap."},
      {R"({"op":"add","path":"/none/y","value":1})", R"(There is no value at "none".)"},
      {R"({"op":"add","path":"/a~2","value":1})", "Invalid JSON pointer: bad escape."},
      {R"({"op":"add","path":"/a","value":{"liveblocksType":"LiveObject"}})", "A LiveObject has no data of its type."},
      {R"({"op":"add","path":"/a","value":[{"liveblocksType":"LiveList","data":{}}]})",
       "A LiveList has no data of its type."},
      {R"({"op":"replace","path":"","value":{}})", "The root of the document cannot be changed."},
  }));
  const std::string operations = R"([{"op":"replace","path":"/title","value":"c"},)" + std::string(operation) + "]";
  const auto outcome = patch(operations.c_str());
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == Errc::invalidRequest);
  CHECK(outcome.error().info->code == "INVALID_STORAGE_MUTATION_REQUEST");
  CHECK(outcome.error().info->message == message);
  CHECK(document() == before);
}

TEST_CASE_METHOD(DocumentFixture, "what is no document or patch is refused") {
  const auto refusal = [&](const char* method, const char* path, const char* body) {
    return client.call({method, path, {}, {}, Json::parse(body)}).error().info->message;
  };
  CHECK(refusal("POST", "/v2/rooms/r/storage", "{}") == "Missing key: 'liveblocksType'.");
  CHECK(refusal("POST", "/v2/rooms/r/storage", R"({"liveblocksType":"LiveMap","data":{}})") ==
        "Value at key 'liveblocksType': Must be \"LiveObject\".");
  CHECK(refusal("POST", "/v2/rooms/r/storage", R"({"liveblocksType":"LiveObject","data":[]})") ==
        "Value at key 'data': Must be an object.");
  CHECK(refusal("POST", "/v2/rooms/r/storage",
                R"({"liveblocksType":"LiveObject","data":{"a":{"liveblocksType":"LiveMap","data":1}}})") ==
        "A LiveMap has no data of its type.");
  CHECK(refusal("PATCH", "/v2/rooms/r/storage/json-patch", "{}") == "Must be an array.");
  CHECK(refusal("PATCH", "/v2/rooms/r/storage/json-patch", R"([{"op":"add"}])") ==
        "Value at key '0': Missing key: 'path'.");
  CHECK(refusal("PATCH", "/v2/rooms/r/storage/json-patch", R"([{"op":"shake","path":"/a"}])") == "Unknown operation.");
  CHECK(refusal("PATCH", "/v2/rooms/r/storage/json-patch", R"([{"op":"add","path":"/a"}])") == "Missing key: 'value'.");
  CHECK(refusal("PATCH", "/v2/rooms/r/storage/json-patch", R"([{"op":"add","path":"a","value":1}])") ==
        "Invalid JSON pointer: path must start with \"/\".");
}
