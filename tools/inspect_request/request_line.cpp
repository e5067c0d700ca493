#include "request_line.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "json_lines/json_lines.hpp"

namespace inspect_request {
namespace {

using namespace json_lines;
namespace clerk = liveblocks::clerk;
using nlohmann::json;

clerk::TokenType readTokenType(const std::string& text) {
  using clerk::TokenType;
  for (const TokenType type :
       {TokenType::sessionToken, TokenType::apiKey, TokenType::m2mToken, TokenType::oauthToken}) {
    if (clerk::name(type) == text) return type;
  }
  throw BadLine("\"acceptsToken\" names an unknown type");
}

clerk::AcceptedTokens readAcceptedTokens(const json& value) {
  const std::vector<std::string> names = asTextOrTexts(value, "acceptsToken");
  if (value == "any") return clerk::AcceptedTokens::any();
  if (value.is_string()) return readTokenType(names.front());
  std::vector<clerk::TokenType> types;
  types.reserve(names.size());
  std::transform(names.begin(), names.end(), std::back_inserter(types), readTokenType);
  return clerk::AcceptedTokens(std::move(types));
}

void readText(const json& object, const std::string& name, std::string& text) {
  if (const json* const value = find(object, name)) text = asText(*value, name);
}

void readFlag(const json& object, const std::string& name, bool& flag) {
  if (const json* const value = find(object, name)) flag = asFlag(*value, name);
}

void readDomains(const json& object, clerk::RequestAuthenticatorOptions& options) {
  readFlag(object, "isSatellite", options.isSatellite);
  readFlag(object, "satelliteAutoSync", options.satelliteAutoSync);
  readText(object, "domain", options.domain);
  readText(object, "proxyUrl", options.proxyUrl);
  readText(object, "signInUrl", options.signInUrl);
  readFlag(object, "trustForwardedHeaders", options.trustForwardedHeaders);
}

void readIssuers(const json& object, const std::string& name, clerk::AcceptedIssuers& issuers) {
  const json* const value = find(object, name);
  if (value == nullptr) return;
  if (value->is_array()) {
    issuers = clerk::AcceptedIssuers(asTexts(*value, name));
  } else {
    issuers = asText(*value, name);
  }
}

void readRules(const json& object, clerk::RequestAuthenticatorOptions& options) {
  if (const json* const value = find(object, "authorizedParties")) {
    options.authorizedParties = asTexts(*value, "authorizedParties");
  }
  if (const json* const value = find(object, "audience")) options.audience = asTextOrTexts(*value, "audience");
  readIssuers(object, "issuer", options.issuer);
  readIssuers(object, "machineIssuer", options.machineIssuer);
  if (const json* const value = find(object, "clockSkewInMs")) {
    options.clockSkew = std::chrono::milliseconds(asInteger(*value, "clockSkewInMs"));
  }
  if (const json* const value = find(object, "acceptsToken")) options.acceptsToken = readAcceptedTokens(*value);
  readFlag(object, "treatPendingAsSignedOut", options.treatPendingAsSignedOut);
}

clerk::KeySource readKeys(clerk::KeySource (*read)(std::string_view), const std::string& text, KnownKeys& known) {
  constexpr std::size_t maxKnown = 16;
  const auto found = known.find(text);
  if (found != known.end()) return found->second;
  clerk::KeySource source = read(text);
  if (known.size() < maxKnown) known.emplace(text, source);
  return source;
}

clerk::KeySource keySource(const Setup& setup, KnownKeys& known,
                           const std::shared_ptr<liveblocks::http::Transport>& transport) {
  if (!setup.jwtKey.empty()) return readKeys(clerk::KeySource::pem, setup.jwtKey, known);
  if (!setup.jwks.empty()) return readKeys(clerk::KeySource::jwks, setup.jwks, known);
  if (!setup.options.secretKey.empty()) {
    return clerk::KeySource::backendApi(setup.options.secretKey, setup.options.apiUrl, transport);
  }
  throw BadLine("one of the options jwtKey, jwks and secretKey is needed");
}

Setup readOptions(const json& object) {
  checkNames(object, "options",
             {"publishableKey", "secretKey", "jwtKey", "jwks", "authorizedParties", "audience", "issuer",
              "machineIssuer", "clockSkewInMs", "isSatellite", "satelliteAutoSync", "domain", "proxyUrl", "signInUrl",
              "acceptsToken", "treatPendingAsSignedOut", "trustForwardedHeaders"});
  Setup setup;
  readText(object, "publishableKey", setup.options.publishableKey);
  if (const json* const value = find(object, "secretKey")) setup.options.secretKey = asText(*value, "secretKey");
  readText(object, "jwtKey", setup.jwtKey);
  if (const json* const value = find(object, "jwks")) setup.jwks = asObject(*value, "jwks").dump();
  setup.options.missingParty = clerk::MissingParty::refuse;  // As Clerk's SDK does.
  readRules(object, setup.options);
  readDomains(object, setup.options);
  return setup;
}

/// Milliseconds since 1970 within the range of the system's clock, which often counts nanoseconds: 292 years.
std::chrono::system_clock::time_point readTime(const json& value) {
  using std::chrono::milliseconds;
  using std::chrono::system_clock;
  constexpr auto first = std::chrono::ceil<milliseconds>(system_clock::time_point::min().time_since_epoch()).count();
  constexpr auto last = std::chrono::floor<milliseconds>(system_clock::time_point::max().time_since_epoch()).count();
  const std::int64_t time = asInteger(value, "now");
  if (time < first || time > last) throw BadLine("\"now\" is outside the range of the clock");
  return system_clock::time_point(milliseconds(time));
}

std::string readUrl(const json& value) {
  const std::string& url = asText(value, "url");
  const bool isAbsolute = url.rfind("https://", 0) == 0 || url.rfind("http://", 0) == 0;
  if (!isAbsolute) throw BadLine("\"url\" must be absolute: it says where browsers see the application");
  return url;
}

std::vector<std::pair<std::string, std::string>> readHeaders(const json& object) {
  std::vector<std::pair<std::string, std::string>> headers;
  for (const auto& item : asObject(object, "headers").items()) {
    for (std::string& value : asTextOrTexts(item.value(), item.key()))
      headers.emplace_back(item.key(), std::move(value));
  }
  return headers;
}

CannedResponse readResponse(const json& object) {
  checkNames(asObject(object, "backend"), "a response in backend", {"method", "path", "status", "body"});
  CannedResponse canned;
  canned.method = asText(need(object, "method"), "method");
  canned.path = asText(need(object, "path"), "path");
  const std::int64_t status = asInteger(need(object, "status"), "status");
  if (status < 100 || status > 599) throw BadLine("\"status\" must lie between 100 and 599");
  canned.response = {static_cast<int>(status), {{"Content-Type", "application/json"}}, need(object, "body").dump()};
  return canned;
}

std::vector<CannedResponse> readBackend(const json& list) {
  if (!list.is_array()) throw BadLine("\"backend\" must be a list of responses");
  std::vector<CannedResponse> responses;
  for (const json& item : list) responses.push_back(readResponse(item));
  return responses;
}

}  // namespace

RequestLine readRequestLine(const json& line) {
  checkNames(line, "a line", {"id", "now", "method", "url", "headers", "options", "backend"});
  if (idOf(line).is_null()) throw BadLine("\"id\" must be a string or an integer");
  RequestLine result;
  result.method = asText(need(line, "method"), "method");
  result.url = readUrl(need(line, "url"));
  result.headers = readHeaders(need(line, "headers"));
  result.setup = readOptions(asObject(need(line, "options"), "options"));
  if (const json* const now = find(line, "now")) result.now = readTime(*now);
  if (const json* const backend = find(line, "backend")) result.backend = readBackend(*backend);
  return result;
}

clerk::RequestAuthenticator makeAuthenticator(const Setup& setup, KnownKeys& keys,
                                              const std::shared_ptr<liveblocks::http::Transport>& transport) {
  return clerk::RequestAuthenticator(keySource(setup, keys, transport), setup.options, transport);
}

}  // namespace inspect_request
