#include <liveblocks/attachments.hpp>
#include <liveblocks/comments.hpp>
#include <liveblocks/feeds.hpp>
#include <liveblocks/groups.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/notifications.hpp>
#include <liveblocks/storage.hpp>
#include <liveblocks/yjs.hpp>

#include <nlohmann/json.hpp>

#include "fuzz_target.hpp"
#include "upstream.hpp"

using namespace liveblocks;

namespace {

constexpr std::string_view secretKey = "sk_prod_7f3kQ9vZ1mB6xL4pT8sWcR2nDjYh";

const fuzzing::Upstream& upstream() {
  static const fuzzing::Upstream instance(secretKey);
  return instance;
}

Liveblocks makeClient() {
  LiveblocksOptions options;
  options.secret = Secret(secretKey);
  options.retry = false;
  options.log = upstream().log();
  return Liveblocks(options, upstream().transport());
}

bool isSuccess(int status) { return status >= 200 && status < 300; }

/// Returns whether there is a value, which only a success of the server can be.
template <class Value>
bool check(const Result<Value>& result, const http::Response& response) {
  if (result) {
    fuzzing::require(isSuccess(response.status));
    return true;
  }
  upstream().checkError(result.error());
  fuzzing::require(result.error().upstreamStatus == response.status || isSuccess(response.status));
  return false;
}

void checkAuthResponse(const AuthResponse& result, const http::Response& response) {
  upstream().checkText(result.body);
  fuzzing::require(utf8::isValid(result.body));
  const auto tree = nlohmann::json::parse(result.body, nullptr, false);
  if (!tree.is_discarded()) upstream().checkText(tree.dump());
  if (result.error) upstream().checkError(*result.error);
  const int expected = isSuccess(response.status) ? 200 : response.status >= 500 ? 503 : response.status;
  fuzzing::require(result.error || (result.status == expected && result.upstreamStatus == response.status));
  fuzzing::require(!result.error || result.status == 503);
}

void checkRooms(const Liveblocks& client, const http::Response& response) {
  const bool isJson = nlohmann::json::accept(response.body);
  for (const auto& room : {client.getRoom("a"), client.createRoom("a"), client.getOrCreateRoom("a")}) {
    if (check(room, response)) fuzzing::require(isJson && !room->id.empty());
  }
  const auto page = client.getRooms();
  if (check(page, response)) fuzzing::require(!page->nextCursor || !page->nextCursor->empty());
  const auto users = client.getActiveUsers("a");
  if (check(users, response)) fuzzing::require(isJson);
  check(client.deleteRoom("a"), response);
  check(client.broadcastEvent("a", Json::object({{"type", "x"}})), response);
  std::size_t rooms = 0;
  for (const auto& room : client.iterRooms()) {
    check(room, response);
    if (++rooms == 3) break;
  }
}

template <class T>
void checkCall(const Liveblocks& client, const http::TypedCall<T>& call, const http::Response& response) {
  const Result<T> result = client.call(call);
  if (check(result, response)) fuzzing::require(std::is_void_v<T> || nlohmann::json::accept(response.body));
}

void checkTypedCalls(const Liveblocks& client, const http::Response& response) {
  checkCall(client, storage::get("a"), response);
  checkCall(client, storage::deleteDocument("a"), response);
  checkCall(client, notifications::list("u"), response);
  checkCall(client, notifications::getSettings("u"), response);
  checkCall(client, notifications::listRoomSubscriptions("u"), response);
  checkCall(client, comments::listThreads("a"), response);
  checkCall(client, comments::getThread({"a", "t"}), response);
  checkCall(client, comments::addReaction({"a", "t", "c"}, {"u", "+1"}), response);
  checkCall(client, comments::listSubscriptions({"a", "t"}), response);
  checkCall(client, attachments::get("a", "at"), response);
  checkCall(client, groups::list(), response);
  checkCall(client, yjs::listVersions("a"), response);
  checkCall(client, yjs::createVersion("a"), response);
  checkCall(client, feeds::list("a"), response);
  checkCall(client, feeds::listMessages("a", "f"), response);
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  const std::string room = R"({"type":"room","id":"a","createdAt":"2025-01-31T12:30:00.073Z","metadata":{"color":"x"},)"
                           R"("defaultAccesses":["*:read"],"groupsAccesses":{},"usersAccesses":{}})";
  const std::string at = R"("2025-01-31T12:30:00.073Z")";
  const std::string comment = R"({"id":"c","threadId":"t","roomId":"a","userId":"u","createdAt":)" + at +
                              R"(,"body":{"version":1,"content":[]},"metadata":{"n":1},"attachments":[{"id":"x",)"
                              R"("name":"n","size":1,"mimeType":"a/b"}],"reactions":[{"emoji":"+","createdAt":)" +
                              at + R"(,"users":[{"id":"u"}]}]})";
  const std::string thread = R"({"id":"t","roomId":"a","createdAt":)" + at + R"(,"updatedAt":)" + at +
                             R"(,"resolved":true,"metadata":{},"comments":[)" + comment + "]}";
  const std::string key(secretKey);
  const std::string escapedKey = R"(\u0073)" + key.substr(1);
  return {responseText(200, room),
          responseText(200, thread),
          responseText(200, R"({"data":[)" + thread + "]}"),
          responseText(200, R"({"nextCursor":"c","data":[{"kind":"$k","id":"i","subjectId":"s","notifiedAt":)" + at +
                                R"(,"activities":[{"id":"b","createdAt":)" + at + R"(,"data":{}}]}]})"),
          responseText(200, R"({"email":{"thread":true},")" + key + R"(":7})"),
          responseText(200, R"({"data":[{"roomId":"a","threads":"all","textMentions":"none"}]})"),
          responseText(200, R"({"data":[{"id":"g","createdAt":)" + at + R"(,"updatedAt":)" + at +
                                R"(,"scopes":{"mention":true},"members":[{"id":"u","addedAt":)" + at + "}]}]}"),
          responseText(200, R"({"data":[{"id":"v","createdAt":)" + at + R"(,"authors":[{"id":"u"}]}]})"),
          responseText(200, R"({"data":{"id":"v"},"kind":"thread","subjectId":"t","createdAt":)" + at + "}"),
          responseText(200, R"({"data":[{"feedId":"f","id":"m","data":1,"createdAt":1.5,"updatedAt":1e9}]})"),
          responseText(200, R"({"data":[)" + room + R"(],"nextPage":null,"nextCursor":"b"})", "Content-Type: a/b\n"),
          responseText(200, R"({"token":"e30.e30.c2ln"})"),
          responseText(403, R"({"error":"FORBIDDEN","message":"key )" + key + R"("})", "X-Request-Id: 7\n"),
          responseText(401, R"({"message":")" + escapedKey + R"(","suggestion":"x","docs":"y"})"),
          responseText(401, R"({"message":"x","message":")" + escapedKey + R"("})"),
          responseText(429, "", "Retry-After: 5\n"),
          responseText(503, "\xEF\xBB\xBF{\xFF}", "retry-after: Wed, 01 Jan 2025 00:02:00 GMT\ncf-ray: 1\n"),
          responseText(200, R"({"data":[{"id":null,"connectionId":1}]})", "X-LB-Warn: " + key + "\n")};
}

/// Whatever Liveblocks answers, with the status, headers and body of the input: a value comes of a success only, and
/// the secret key gets into no error, no response for a browser and no log.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Liveblocks client = makeClient();
  const http::Response response = fuzzing::takeResponse(fuzzing::view(data, size));
  upstream().transport()->answer = response;
  checkAuthResponse(client.prepareSession("u").allow("a", FULL_ACCESS).authorize(), response);
  checkAuthResponse(client.identifyUser({"u", {"g"}}), response);
  checkRooms(client, response);
  checkTypedCalls(client, response);
  return 0;
}
