// Performs calls about rooms, one JSON text a line, and prints what came of each. rooms_vendor.mjs does the same with
// @liveblocks/node.
//
// A call: {"options": {"secret", "baseUrl"?}, "method", "given": {...}, "answers": [...]}, where an answer is as in
// liveblocks_oracle.cpp; without answers the real network is used. An outcome: {"value"} of a success, {"error"} of
// what Liveblocks said, {"unreadable"} of a success that says nothing, {"failure"} without an answer, {"refused"}
// without a request.
#include <memory>
#include <stdexcept>
#include <string>

#include <liveblocks/sdk.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include "../line_program.hpp"
#include "call_lines.hpp"
#include "room_lines.hpp"

namespace {

namespace http = liveblocks::http;
using liveblocks::Liveblocks;
using liveblocks::testing::FakeTransport;
using liveblocks_tests::describe;
using nlohmann::json;

json describeError(const liveblocks::Error& error) {
  if (error.upstreamStatus >= 200 && error.upstreamStatus < 300) return {{"unreadable", true}};
  if (error.upstreamStatus == 0) {
    return {{error.code == liveblocks::Errc::invalidRequest ? "refused" : "failure", error.message}};
  }
  const liveblocks::ErrorInfo info = error.info ? *error.info : liveblocks::ErrorInfo{};
  return {{"error", {{"status", error.upstreamStatus}, {"message", info.message}, {"details", info.details}}}};
}

template <class T>
json outcomeOf(const liveblocks::Result<T>& result) {
  if (!result) return describeError(result.error());
  return {{"value", describe(*result)}};
}

json outcomeOf(const liveblocks::Result<void>& result) {
  if (!result) return describeError(result.error());
  return {{"value", nullptr}};
}

/// What was listed, and how it ended.
json outcomeOf(liveblocks::RoomRange range) {
  json outcome = {{"value", json::array()}};
  for (const liveblocks::Result<liveblocks::Room>& room : range) {
    if (!room) {
      outcome.update(describeError(room.error()));
    } else {
      outcome["value"].push_back(describe(*room));
    }
  }
  return outcome;
}

json performChecked(const Liveblocks& client, const std::string& method, const json& given) {
  const std::string id = given.value("roomId", "");
  if (method == "getRooms") {
    return outcomeOf(client.getRooms(liveblocks_tests::filterOf(given), liveblocks_tests::pageOf(given)));
  }
  if (method == "iterRooms") {
    const auto filter = liveblocks_tests::filterOf(given);
    if (!given.contains("pageSize")) return outcomeOf(client.iterRooms(filter));
    return outcomeOf(client.iterRooms(filter, given["pageSize"].get<std::size_t>()));
  }
  if (method == "createRoom") return outcomeOf(client.createRoom(id, liveblocks_tests::creationOf(given["create"])));
  if (method == "getOrCreateRoom") {
    return outcomeOf(client.getOrCreateRoom(id, liveblocks_tests::creationOf(given["create"])));
  }
  if (method == "getRoom") return outcomeOf(client.getRoom(id));
  if (method == "updateRoom") return outcomeOf(client.updateRoom(id, liveblocks_tests::updateOf(given["update"])));
  if (method == "upsertRoom") {
    std::optional<liveblocks::CreateRoomOptions> create;
    if (given.contains("create")) create = liveblocks_tests::creationOf(given["create"]);
    return outcomeOf(client.upsertRoom(id, liveblocks_tests::updateOf(given["update"]), create));
  }
  if (method == "deleteRoom") return outcomeOf(client.deleteRoom(id));
  if (method == "updateRoomId") return outcomeOf(client.updateRoomId({id, given.at("newRoomId")}));
  if (method == "prewarmRoom") return outcomeOf(client.prewarmRoom(id));
  if (method == "getActiveUsers") return outcomeOf(client.getActiveUsers(id));
  if (method == "broadcastEvent") return outcomeOf(client.broadcastEvent(id, liveblocks::Json(given.at("event"))));
  throw std::runtime_error("unknown method " + method);
}

/// A query that cannot be said throws.
json perform(const Liveblocks& client, const std::string& method, const json& given) {
  try {
    return performChecked(client, method, given);
  } catch (const std::invalid_argument& error) {
    return {{"refused", error.what()}};
  }
}

json answer(const json& call) {
  auto fake = std::make_shared<FakeTransport>();
  std::shared_ptr<http::Transport> transport = fake;
  if (call.contains("answers")) {
    for (const json& one : call["answers"]) fake->push(liveblocks_tests::answerOf(one));
  } else {
    transport = http::defaultTransport();
  }
  json outcome = {{"logs", json::array()}, {"requests", json::array()}};
  liveblocks::LiveblocksOptions options{call.at("options").at("secret").get<std::string>()};
  if (call["options"].contains("baseUrl")) options.baseUrl = call["options"]["baseUrl"];
  options.retry = false;
  options.log = liveblocks_tests::logInto(outcome["logs"]);
  outcome["outcome"] = perform(Liveblocks(options, transport), call.at("method"), call.value("given", json::object()));
  for (const http::Request& request : fake->requests()) {
    outcome["requests"].push_back(liveblocks_tests::describeRequest(request));
  }
  return outcome;
}

}  // namespace

int main() { return liveblocks_tests::answerLines(answer); }
