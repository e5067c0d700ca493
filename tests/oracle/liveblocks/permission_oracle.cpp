// Answers questions about permissions, one JSON object a line. permission_vendor.mjs does the same with
// @liveblocks/core. Matrices are lists of levels (0 none, 1 read, 2 write) in the order of their members.
//
// {"token", "room"}: what is in a token, and what it grants; {"scopes"}: a set of scopes; {"default", "groups",
// "user"}: the accesses of a room, "groups" being a list of lists; {"allow": [[key, [scope, ...]], ...], "room"}: a
// session, of which the answer tells what it accepted.
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/access_token.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/permission_matrix.hpp>
#include <liveblocks/room.hpp>
#include <nlohmann/json.hpp>

#include "../line_program.hpp"

namespace {

namespace lb = liveblocks;
using nlohmann::json;
using Names = std::vector<std::string>;

json describe(const lb::PermissionMatrix& matrix) {
  return {matrix.room,  matrix.storage, matrix.comments, matrix.commentsPublic, matrix.commentsPrivate,
          matrix.feeds, matrix.personal};
}

json describe(const std::optional<lb::PermissionMatrix>& matrix) { return matrix ? describe(*matrix) : json(); }

json answerToken(const std::string& text, const std::string& room) {
  const auto token = lb::AccessToken::decodeUnverified(text);
  if (!token) return {{"error", token.error().message}};
  const auto seconds = [](auto time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
  };
  return {{"k", token->kind == lb::AccessToken::Kind::id ? "id" : "acc"},
          {"pid", token->projectId},
          {"uid", token->userId},
          {"gids", token->groupIds},
          {"ui", json::parse(token->userInfo.text())},
          {"iat", seconds(token->issuedAt)},
          {"exp", seconds(token->expiresAt)},
          {"jti", token->id},
          {"matrix", describe(token->permissionsFor(room))}};
}

json answerScopes(const Names& scopes) {
  const auto matrix = lb::PermissionMatrix::of(scopes);
  json allowed = json::array();
  for (int resource = 0; resource <= static_cast<int>(lb::Resource::personal); ++resource) {
    for (const lb::Access access : {lb::Access::none, lb::Access::read, lb::Access::write}) {
      allowed.push_back(matrix.allows(static_cast<lb::Resource>(resource), access));
    }
  }
  return {{"matrix", describe(matrix)}, {"allows", allowed}};
}

json answerRoom(const json& accesses) {
  lb::Room room;
  room.defaultAccesses = lb::Permissions(accesses.at("default").get<Names>());
  room.usersAccesses["ada"] = lb::Permissions(accesses.at("user").get<Names>());
  Names groupIds;
  for (const json& scopes : accesses.at("groups")) {
    groupIds.push_back("group" + std::to_string(groupIds.size()));
    room.groupsAccesses[groupIds.back()] = lb::Permissions(scopes.get<Names>());
  }
  return {{"matrix", describe(lb::PermissionMatrix::of(room, "ada", groupIds))}};
}

json answerSession(const json& entries, const std::string& room) {
  lb::Session session = lb::Liveblocks(lb::LiveblocksOptions{"sk_x"}, nullptr).prepareSession("ada");
  json accepted = json::array();
  for (const auto& [key, scopes] : entries.get<std::vector<std::pair<std::string, Names>>>()) {
    try {
      session.allow(key, scopes);
      accepted.push_back({key, scopes});
    } catch (const std::logic_error&) {
      continue;
    }
  }
  return {{"accepted", accepted}, {"matrix", describe(session.permissionsFor(room))}};
}

json answer(const json& question) {
  if (question.contains("token")) return answerToken(question["token"], question.at("room"));
  if (question.contains("scopes")) return answerScopes(question["scopes"]);
  if (question.contains("allow")) return answerSession(question["allow"], question.at("room"));
  return answerRoom(question);
}

}  // namespace

int main() { return liveblocks_tests::answerLines(answer); }
