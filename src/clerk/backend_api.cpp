#include "clerk/backend_api.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "core/json_members.hpp"
#include "core/pasted_value.hpp"
#include "core/redactor.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "http/retry.hpp"
#include "http/url.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

constexpr const char* secretKeyText = "the secret key of the Clerk instance (sk_test_... or sk_live_...)";
constexpr const char* machineSecretKeyText = "the secret key of a machine (ak_...)";

bool beginsWithOneOf(std::string_view text, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return ascii::startsWith(text, prefix); });
}

/// `test_` and `live_` are the prefixes of the oldest keys.
bool isSecretKey(std::string_view text) {
  return beginsWithOneOf(text, {"sk_", "test_", "live_"}) &&
         !beginsWithOneOf(text, {"sk_dev_", "sk_prod_", "sk_localdev"});
}

bool isInKey(char c) noexcept { return ascii::isKeyCharacter(c) || c == '+' || c == '/' || c == '='; }

void checkCharacters(const char* option, std::string_view text) {
  if (std::all_of(text.begin(), text.end(), isInKey)) return;
  throw std::invalid_argument(std::string(option) +
                              " contains a character that no key has: was it cut off, or is it a placeholder?");
}

}  // namespace

Secret checkedSecretKey(const Secret& key) {
  constexpr const char* option = "secretKey";
  Secret result = pasted::readSecret(option, key);
  const std::string_view text = result.reveal();
  if (!isSecretKey(text)) throw pasted::refusal(option, secretKeyText, text);
  checkCharacters(option, text);
  return result;
}

Secret checkedMachineSecretKey(const Secret& key) {
  constexpr const char* option = "machineSecretKey";
  Secret result = pasted::readSecret(option, key);
  const std::string_view text = result.reveal();
  if (!isSecretKey(text) && !ascii::startsWith(text, "ak_")) throw pasted::refusal(option, machineSecretKeyText, text);
  checkCharacters(option, text);
  return result;
}

std::string checkedApiUrl(std::string_view text) {
  std::string url = http::detail::checkedBaseUrl("apiUrl", text);
  http::detail::refusePathAt("api.clerk.com", "apiUrl", url);
  return url;
}

http::Request backendRequest(std::string url, const Secret& secretKey) {
  http::Request request{"GET", std::move(url), {}, {}};
  // Moved one by one, since an initializer list would leave a copy of the key in memory.
  request.headers.reserve(4);
  request.headers.push_back(http::detail::bearerAuthorization(secretKey));
  request.headers.push_back({"Accept", "application/json"});
  request.headers.push_back({"Clerk-API-Version", std::string(backendApiVersion)});
  return request;
}

http::Request backendRequest(std::string url, const Secret& secretKey, std::string body) {
  http::Request request = backendRequest(std::move(url), secretKey);
  request.method = "POST";
  request.headers.push_back({"Content-Type", "application/json"});
  request.body = std::move(body);
  return request;
}

namespace {

constexpr int maxDepth = 16;
constexpr std::size_t maxWord = 64;

/// `text` if it is one short word without anything like a key, else empty.
std::string plainWord(std::string_view text) {
  const bool isWord = text.size() <= maxWord && std::all_of(text.begin(), text.end(), ascii::isKeyCharacter);
  const bool isClean = text.find("sk_") == std::string_view::npos && redactor::redact(text) == text;
  return isWord && isClean ? std::string(text) : std::string();
}

/// The value of a member, if it is a plain word.
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
                                : "Clerk responded with status " + std::to_string(response.status);
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
  return {codeOf(response.status), messageOf(response, variable), response.status,
          http::detail::retryAfter(response, now)};
}

bool isRefusal(int status) noexcept { return status == 400 || status == 404 || status == 410 || status == 422; }

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
