#include "testing/fake_liveblocks/responses.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <liveblocks/core/json.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include "core/nlohmann.hpp"
#include "core/text.hpp"
#include "http/form.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {
namespace {

bool isUtf8(const std::string& text) {
  try {
    const Json checked(text);
    return true;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

bool hasWholeEscapes(std::string_view text) {
  for (std::size_t i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 1)) {
    if (!http::percentEscapeAt(text, i)) return false;
  }
  return true;
}

}  // namespace

std::optional<std::string> percentDecode(std::string_view text) {
  if (!hasWholeEscapes(text)) return std::nullopt;
  std::string decoded = http::percentDecodeLeniently(text);
  if (!isUtf8(decoded)) return std::nullopt;
  return decoded;
}

std::optional<std::vector<std::pair<std::string, std::string>>> readQuery(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> parameters;
  std::string spaced(query);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  for (std::string_view rest = spaced; !rest.empty();) {
    const auto [pair, others] = ascii::splitOnce(rest, '&');
    rest = others;
    if (pair.empty()) continue;
    const auto [name, value] = ascii::splitOnce(pair, '=');
    auto decodedName = percentDecode(name);
    auto decodedValue = percentDecode(value);
    if (!decodedName || !decodedValue) return std::nullopt;
    parameters.emplace_back(*std::move(decodedName), *std::move(decodedValue));
  }
  return parameters;
}

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
