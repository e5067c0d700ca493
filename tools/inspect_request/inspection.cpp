#include "inspection.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/http/transport.hpp>

#include "json_lines/json_lines.hpp"

namespace inspect_request {

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using nlohmann::json;

namespace {

/// A Backend API that consists of the responses supplied by the line. Nothing is sent.
class CannedTransport : public http::Transport {
 public:
  explicit CannedTransport(std::vector<CannedResponse> responses) : responses_(std::move(responses)) {}

  /// Returns the first response for the method and the path, or an error.
  liveblocks::Result<http::Response> send(const http::Request& request, const http::Call&) override {
    for (const CannedResponse& canned : responses_) {
      if (canned.method == request.method && canned.path == pathOf(request.url)) return canned.response;
    }
    return liveblocks::Error{liveblocks::Errc::invalidRequest, "the line contains no response for this request"};
  }

 private:
  static std::string_view pathOf(std::string_view url) {
    const std::size_t authority = url.find("://");
    const std::size_t path = url.find('/', authority == std::string_view::npos ? 0 : authority + 3);
    return path == std::string_view::npos ? "/" : url.substr(path);
  }

  std::vector<CannedResponse> responses_;
};

/// Always tells the same time.
class FixedClock : public liveblocks::Clock {
 public:
  explicit FixedClock(std::chrono::system_clock::time_point now) : now_(now) {}
  std::chrono::system_clock::time_point wall() const override { return now_; }

 private:
  std::chrono::system_clock::time_point now_;
};

clerk::RequestState authenticate(RequestLine line, KnownKeys& keys) {
  if (line.now) line.setup.options.clock = std::make_shared<FixedClock>(*line.now);
  const auto transport = std::make_shared<CannedTransport>(std::move(line.backend));
  http::RequestView request;
  request.method = line.method;
  request.url = line.url;
  request.headers.assign(line.headers.begin(), line.headers.end());
  return makeAuthenticator(line.setup, keys, transport).authenticate(request);
}

json orNull(const std::string& text) { return text.empty() ? json() : json(text); }

std::string lowerCase(std::string text) {
  const auto lower = [](unsigned char c) { return static_cast<char>(std::tolower(c)); };
  std::transform(text.begin(), text.end(), text.begin(), lower);
  return text;
}

/// Sorted by name, so that the result does not depend on the order of creation; equal names keep their order.
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

/// The first actor is the outermost; null if there are none.
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

json describe(const json& id, const clerk::RequestState& state) {
  const bool isSignedIn = state.status() == clerk::AuthStatus::signedIn;
  return {{"id", id},
          {"status", clerk::name(state.status())},
          {"reason", orNull(state.reason())},
          {"message", isSignedIn ? json() : json(state.message())},
          {"headers", describe(state.headers())},
          {"auth", whoIsSignedIn(state)}};
}

}  // namespace

json Inspector::respond(const std::string& line) {
  json id;
  try {
    const json object = json_lines::parseLine(line);
    id = json_lines::idOf(object);
    return describe(id, authenticate(readRequestLine(object), keys_));
  } catch (const std::logic_error& problem) {
    return describeProblem(id, problem.what());
  }
}

json describeProblem(const json& id, const std::string& problem) {
  return {{"id", id},           {"status", "error"},        {"reason", nullptr},
          {"message", problem}, {"headers", json::array()}, {"auth", nullptr}};
}

}  // namespace inspect_request
