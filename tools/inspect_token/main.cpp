// "What may this user do in that room?": reads tokens or permissions, one JSON object a line, and prints what they
// grant. README.md describes the lines.

#include <optional>
#include <stdexcept>
#include <utility>

#include <liveblocks/access_token.hpp>
#include <liveblocks/permission_matrix.hpp>
#include <liveblocks/permissions.hpp>
#include <nlohmann/json.hpp>

#include "json_lines/json_lines.hpp"

namespace {

using namespace json_lines;
using liveblocks::AccessToken;
using liveblocks::PermissionMatrix;
using liveblocks::Permissions;
using nlohmann::json;

nlohmann::ordered_json describe(const PermissionMatrix& matrix) {
  return {{"room", name(matrix.room)},
          {"storage", name(matrix.storage)},
          {"comments", name(matrix.comments)},
          {"comments:public", name(matrix.commentsPublic)},
          {"comments:private", name(matrix.commentsPrivate)},
          {"feeds", name(matrix.feeds)},
          {"personal", name(matrix.personal)}};
}

std::string formatLine(const json& id, const nlohmann::ordered_json& matrix, const json& problem) {
  return nlohmann::ordered_json{{"id", id}, {"matrix", matrix}, {"error", problem}}.dump();
}

/// Throws `std::invalid_argument` for an unknown scope, with the message of Liveblocks' client.
Permissions readScopes(const json& list) {
  if (!list.is_array()) throw BadLine("Permission list must be an array");
  Permissions scopes;
  for (const json& name : list) {
    scopes.add(name.is_string() ? liveblocks::Permission(name.get<std::string>())
                                : liveblocks::Permission(name.dump()));
  }
  return scopes;
}

std::optional<PermissionMatrix> inspectPermissions(const json& permissions, const std::string& room) {
  if (permissions.is_array()) return PermissionMatrix::of(readScopes(permissions));
  AccessToken token;
  for (const auto& entry : asObject(permissions, "permissions").items()) {
    token.permissions.emplace_back(entry.key(), readScopes(entry.value()));
  }
  return token.permissionsFor(room);
}

std::optional<PermissionMatrix> inspectToken(const std::string& text, const std::string& room) {
  const auto token = AccessToken::decodeUnverified(text);
  if (!token) throw BadLine(token.error().message);
  if (token->kind == AccessToken::Kind::id) {
    throw BadLine("an ID token names no permissions: they are kept with the room");
  }
  return token->permissionsFor(room);
}

std::optional<PermissionMatrix> inspect(const json& line) {
  if (idOf(line).is_null()) throw BadLine(R"("id" must be a string or an integer)");
  const std::string& room = asText(need(line, "room"), "room");
  const json* const token = find(line, "token");
  const json* const permissions = find(line, "permissions");
  if ((token == nullptr) == (permissions == nullptr)) {
    throw BadLine(R"(exactly one of "token" and "permissions" is needed)");
  }
  return token != nullptr ? inspectToken(asText(*token, "token"), room) : inspectPermissions(*permissions, room);
}

std::string respond(const std::string& line) {
  json id;
  try {
    const json object = parseLine(line);
    id = idOf(object);
    const std::optional<PermissionMatrix> matrix = inspect(object);
    return formatLine(id, matrix ? describe(*matrix) : nlohmann::ordered_json(), nullptr);
  } catch (const std::invalid_argument& problem) {
    return formatLine(id, nullptr, problem.what());
  }
}

std::string respondToProblem(const std::string& problem) { return formatLine(nullptr, nullptr, problem); }

}  // namespace

int main() { return run("inspect_token", respond, respondToProblem); }
