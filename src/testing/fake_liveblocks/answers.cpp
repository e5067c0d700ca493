#include "testing/fake_liveblocks/answers.hpp"

#include <utility>

#include <liveblocks/testing/fake_transport.hpp>

#include "core/nlohmann.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

using nlohmann::ordered_json;

namespace {

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

}  // namespace

http::Response found(const ordered_json& resource) { return jsonResponse(200, resource.dump()); }

http::Response done() { return {204, {}, {}}; }

http::Response refused(int status, std::string_view code, std::string_view message) {
  return jsonResponse(status, ordered_json{{"error", code}, {"message", message}}.dump());
}

http::Response unprocessable(std::string_view message) { return refused(422, "UNPROCESSABLE_ENTITY", message); }

http::Response noSuchRoom(std::string_view id) {
  return refused(404, "ROOM_NOT_FOUND", "Room with id " + quoted(id) + " not found.");
}

http::Response roomExists(std::string_view id) {
  return refused(409, "ROOM_ALREADY_EXISTS", "Room with id " + quoted(id) + " already exists.");
}

http::Response badRequest() { return jsonResponse(400, R"({"error":"Bad Request"})"); }

http::Response noSuchEndpoint() { return jsonResponse(404, R"({"error":"Not Found"})"); }

http::Response noSuchMethod(std::string allowed) {
  http::Response response = jsonResponse(405, R"({"error":"Method Not Allowed"})");
  response.headers.push_back({"Allow", std::move(allowed)});
  return response;
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
