#include "answer.hpp"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

namespace inspect_request {
namespace {

namespace clerk = liveblocks::clerk;
using nlohmann::json;

json orNull(const std::string& text) { return text.empty() ? json() : json(text); }

std::string lowerCase(std::string text) {
  const auto lower = [](unsigned char c) { return static_cast<char>(std::tolower(c)); };
  std::transform(text.begin(), text.end(), text.begin(), lower);
  return text;
}

/// By name, so that the order in which they were made does not show; those of one name stay in their order.
json describe(const std::vector<liveblocks::http::Header>& headers) {
  std::vector<std::pair<std::string, std::string>> sorted;
  sorted.reserve(headers.size());
  for (const auto& header : headers) sorted.emplace_back(lowerCase(header.name), header.value);
  const auto byName = [](const auto& left, const auto& right) { return left.first < right.first; };
  std::stable_sort(sorted.begin(), sorted.end(), byName);
  return sorted.empty() ? json::array() : json(sorted);
}

json describe(const clerk::Auth& auth) {
  const auto& claims = auth.sessionClaims();
  const auto actor = claims ? claims->jsonClaim("act") : std::nullopt;
  const auto& age = auth.factorVerificationAge();
  const auto status = auth.sessionStatus();
  const char* const statusName = status == clerk::SessionStatus::pending ? "pending" : "active";
  return {{"tokenType", clerk::name(clerk::TokenType::sessionToken)},
          {"userId", auth.userId()},
          {"sessionId", auth.sessionId()},
          {"sessionStatus", status ? json(statusName) : json()},
          {"orgId", orNull(auth.orgId())},
          {"orgRole", orNull(auth.orgRole())},
          {"orgSlug", orNull(auth.orgSlug())},
          {"orgPermissions", auth.orgId().empty() ? json() : json(auth.orgPermissions())},
          {"actor", actor ? json::parse(actor->text()) : json()},
          {"factorVerificationAge", age ? json{age->first, age->second} : json()}};
}

/// The first of them outermost; null for none.
json describe(const std::vector<clerk::TokenActor>& actors) {
  json result;
  for (auto actor = actors.rbegin(); actor != actors.rend(); ++actor) {
    json described{{"sub", actor->subject}};
    if (!actor->issuer.empty()) described["iss"] = actor->issuer;
    if (!result.is_null()) described["act"] = std::move(result);
    result = std::move(described);
  }
  return result;
}

json describe(const clerk::MachineToken& token) {
  return {{"tokenType", clerk::name(token.type)},
          {"id", token.id},
          {"subject", token.subject},
          {"scopes", token.scopes},
          {"name", orNull(token.name)},
          {"clientId", orNull(token.clientId)},
          {"claims", json::parse(token.claims.text())},
          {"act", describe(token.actors)},
          {"userId", orNull(token.userId())},
          {"orgId", orNull(token.orgId())},
          {"machineId", orNull(token.machineId())}};
}

json whoIsSignedIn(const clerk::RequestState& state) {
  if (!state.isAuthenticated()) return nullptr;
  return state.machineToken() ? describe(*state.machineToken()) : describe(state.auth());
}

}  // namespace

json answerOf(const json& id, const clerk::RequestState& state) {
  const bool isSignedIn = state.status() == clerk::AuthStatus::signedIn;
  return {{"id", id},
          {"status", clerk::name(state.status())},
          {"reason", orNull(state.reason())},
          {"message", isSignedIn ? json() : json(state.message())},
          {"headers", describe(state.headers())},
          {"auth", whoIsSignedIn(state)}};
}

json answerOf(const json& id, const std::string& problem) {
  return {{"id", id},           {"status", "error"},        {"reason", nullptr},
          {"message", problem}, {"headers", json::array()}, {"auth", nullptr}};
}

}  // namespace inspect_request
