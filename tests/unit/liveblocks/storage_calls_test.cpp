#include <liveblocks/storage.hpp>

#include <string>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;
namespace storage = liveblocks::storage;
using lb::Errc;
using lb::Json;
using liveblocks_tests::codeOf;
using liveblocks_tests::TypedCallFixture;

namespace {

const Json document = Json::parse(R"({"liveblocksType":"LiveObject","data":{"a":1}})");

lb::http::TypedCall<void> patchOf(const char* operations) { return storage::patch("r", Json::parse(operations)); }

}  // namespace

TEST_CASE_METHOD(TypedCallFixture, "storage is got in both forms, initialized, removed and patched") {
  CHECK(sent(storage::get("a/b")) == "GET /v2/rooms/a%2Fb/storage?format=plain-lson");
  CHECK(sent(storage::get("r", storage::Format::json)) == "GET /v2/rooms/r/storage?format=json");
  CHECK(sent(storage::initialize("r", document)) == "POST /v2/rooms/r/storage " + document.text());
  CHECK(sent(storage::deleteDocument("r")) == "DELETE /v2/rooms/r/storage");
  CHECK(sent(patchOf(R"([{"op":"remove","path":"/a"}])")) ==
        R"(PATCH /v2/rooms/r/storage/json-patch [{"op":"remove","path":"/a"}])");
}

TEST_CASE_METHOD(TypedCallFixture, "a document is read as JSON") {
  CHECK(readFrom(storage::get("r"), R"({"a":[1]})").value().text() == R"({"a":[1]})");
  CHECK(readFrom(storage::initialize("r", document), document.text()).value().text() == document.text());
  CHECK(codeOf(readFrom(storage::get("r"), "<html>")) == Errc::upstream);
  CHECK(readFrom(storage::deleteDocument("r"), "", 204).ok());
  CHECK(readFrom(patchOf("[]"), "").ok());
}

TEST_CASE_METHOD(TypedCallFixture, "what Liveblocks says against storage is an error") {
  CHECK(codeOf(readFrom(storage::initialize("r", document), R"({"error":"CANNOT_UPDATE_EXISTING_STORAGE"})", 409)) ==
        Errc::conflict);
  const auto refused = readFrom(patchOf(R"([{"op":"test","path":"/a","value":2}])"),
                                R"({"error":"INVALID_STORAGE_MUTATION_REQUEST","message":"Test failed"})", 422);
  CHECK(codeOf(refused) == Errc::invalidRequest);
  CHECK(refused.error().info->message == "Test failed");
  CHECK(codeOf(call(storage::get(".."))) == Errc::invalidRequest);
}

TEST_CASE_METHOD(TypedCallFixture, "a large document is accepted") {
  transport->setHandler([](const lb::http::Request&, const lb::http::Call& given) {
    CHECK(given.maxBody == storage::maxDocument);
    return lb::http::Response{200, {}, "{}"};
  });
  CHECK(call(storage::get("r")).ok());
}

TEST_CASE_METHOD(TypedCallFixture, "a document that is no LiveObject is refused") {
  for (const char* text : {"{}", "null", "[]", R"({"liveblocksType":"LiveMap","data":{}})",
                           R"({"liveblocksType":"LiveObject","data":[]})", R"({"liveblocksType":"LiveObject"})"}) {
    CAPTURE(text);
    CHECK(refusalOf(storage::initialize("r", Json::parse(text))) ==
          R"(document is not a LiveObject: {"liveblocksType": "LiveObject", "data": {...}})");
  }
}

TEST_CASE_METHOD(TypedCallFixture, "operations of a JSON Patch are checked") {
  for (const char* operation :
       {R"({"op":"add","path":"/a","value":null})", R"({"op":"remove","path":""})",
        R"({"op":"replace","path":"/a/-","value":[]})", R"({"op":"move","from":"/a","path":"/b"})",
        R"({"op":"copy","from":"","path":"/b"})", R"({"op":"test","path":"/a","value":1,"more":2})"}) {
    CAPTURE(operation);
    CHECK(readFrom(patchOf(("[" + std::string(operation) + "]").c_str()), "").ok());
  }
  for (const char* operation :
       {R"({"op":"Add","path":"/a","value":1})", R"({"path":"/a","value":1})", R"({"op":"add","path":"/a"})",
        R"({"op":"add","path":"a","value":1})", R"({"op":"remove"})", R"({"op":"remove","path":7})",
        R"({"op":"move","path":"/b"})", R"({"op":"copy","from":"a","path":"/b"})", "7", "[]"}) {
    CAPTURE(operation);
    CHECK(refusalOf(patchOf(("[" + std::string(operation) + "]").c_str())).find("operation 0 of the JSON Patch has") ==
          0);
  }
  CHECK(refusalOf(patchOf("{}")) == "operations is not an array");
  CHECK(refusalOf(patchOf(R"([{"op":"remove","path":"/a"},{"op":"add","path":"/a"}])")) ==
        "operation 1 of the JSON Patch has no 'value'");
}

TEST_CASE("keys in a pointer are escaped") {
  CHECK(storage::pointer({}).empty());
  CHECK(storage::pointer({"a/b", "~1", "", "-"}) == "/a~1b/~01//-");
}
