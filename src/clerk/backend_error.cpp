#include "clerk/backend_error.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "core/ascii.hpp"
#include "core/members.hpp"
#include "core/redactor.hpp"
#include "core/strict_json.hpp"
#include "http/retry_after.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr int maxDepth = 16;
constexpr std::size_t maxWord = 64;

/// Empty unless `text` is one short word without anything like a key in it.
std::string plainWord(std::string_view text) {
  const bool isWord = text.size() <= maxWord && std::all_of(text.begin(), text.end(), ascii::isKeyCharacter);
  const bool isClean = text.find("sk_") == std::string_view::npos && redactSecrets(text) == text;
  return isWord && isClean ? std::string(text) : std::string();
}

/// The plain word that a member of an object holds.
std::string wordOf(const std::vector<json::Member>& object, std::string_view name) {
  return plainWord(json::toString(json::findMember(object, name)).value_or(""));
}

/// `{"errors": [{"code": "…"}, …], "clerk_trace_id": "…"}`
struct Body {
  std::string code;
  std::string traceId;
};

Body readBody(std::string_view text) {
  if (!json::isStrict(text, maxDepth)) return {};
  Body body;
  const auto members = json::members(text);
  body.traceId = wordOf(members, "clerk_trace_id");
  const auto errors = json::items(json::findMember(members, "errors"));
  if (!errors.empty()) body.code = wordOf(json::members(errors.front()), "code");
  return body;
}

Errc codeOf(int status) noexcept {
  if (status == 401 || status == 403) return Errc::secretKeyRejected;
  return status == 404 ? Errc::notFound : Errc::upstream;
}

std::string messageOf(const http::Response& response, std::string_view variable) {
  Body body = readBody(response.body);
  if (body.traceId.empty()) body.traceId = plainWord(http::findHeader(response, "cf-ray").value_or(""));
  const bool refused = codeOf(response.status) == Errc::secretKeyRejected;
  std::string message = refused ? refusedSecretKey(response.status, variable)
                                : "Clerk answered with status " + std::to_string(response.status);
  if (!body.code.empty()) message += ", code " + body.code;
  if (!body.traceId.empty()) message += ", trace id " + body.traceId;
  return message;
}

}  // namespace

std::string refusedSecretKey(int status, std::string_view variable) {
  return "Clerk refused " + std::string(variable) +
         ": check that it is the whole key, of this instance, and not deleted in the dashboard; status " +
         std::to_string(status);
}

Error backendError(const http::Response& response, std::chrono::system_clock::time_point now,
                   std::string_view variable) {
  return {codeOf(response.status), messageOf(response, variable), response.status, http::retryAfter(response, now)};
}

bool isRefusal(int status) noexcept { return status == 400 || status == 404 || status == 410 || status == 422; }

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
