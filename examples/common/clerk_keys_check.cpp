#include "common/clerk_keys_check.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "common/base64.hpp"
#include "common/clerk_sources.hpp"
#include "common/environment.hpp"

namespace examples {
namespace {

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using liveblocks::Errc;
using liveblocks::Error;
using nlohmann::json;

constexpr std::chrono::seconds patience{3};
constexpr std::size_t maxKeySetBytes = std::size_t{64} << 10;

void checkKeys(const ClerkConfig& config) {
  if (!config.options.publishableKey.empty()) {
    checkVariable("CLERK_PUBLISHABLE_KEY",
                  [&] { clerk::KeySource::frontendApi(config.options.publishableKey, config.transport); });
  }
  if (!config.options.secretKey.empty()) {
    checkVariable("CLERK_SECRET_KEY", [&] {
      clerk::KeySource::backendApi(config.options.secretKey, "https://api.clerk.com", config.transport);
    });
  }
  if (!config.options.jwtKey.empty()) {
    checkVariable("CLERK_JWT_KEY", [&] { clerk::KeySource::pem(config.options.jwtKey); });
  }
}

using UrlOption = std::string clerk::ClientOptions::*;

/// Returns options with one of the keys, which the check of other options needs.
clerk::ClientOptions withOneKey(const clerk::ClientOptions& all) {
  clerk::ClientOptions options;
  if (!all.jwtKey.empty()) {
    options.jwtKey = all.jwtKey;
  } else if (!all.secretKey.empty()) {
    options.secretKey = all.secretKey;
  } else {
    options.publishableKey = all.publishableKey;
  }
  return options;
}

/// Checks a URL as the library does.
void checkUrl(const char* variable, const ClerkConfig& config, UrlOption option) {
  clerk::ClientOptions options = withOneKey(config.options);
  options.*option = config.options.*option;
  const clerk::AcceptedTokens none(std::vector<clerk::TokenType>{});
  checkVariable(variable, [&] { clerk::Client(options, config.transport).requestAuthenticator(none); });
}

void checkUrls(const ClerkConfig& config) {
  checkUrl("CLERK_API_URL", config, &clerk::ClientOptions::apiUrl);
  checkUrl("CLERK_PROXY_URL", config, &clerk::ClientOptions::proxyUrl);
  checkUrl("CLERK_SIGN_IN_URL", config, &clerk::ClientOptions::signInUrl);
}

bool startsWith(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

/// Returns the kind of instance of a key, or null if it is unknown. Old secret keys do not begin with `sk_`.
const char* kindOf(std::string_view key) {
  if (startsWith(key, "pk_") || startsWith(key, "sk_")) key.remove_prefix(3);
  if (startsWith(key, "test_")) return "development";
  return startsWith(key, "live_") ? "production" : nullptr;
}

void checkKinds(const ClerkConfig& config) {
  const char* const publishable = kindOf(config.options.publishableKey);
  const char* const secret = kindOf(config.options.secretKey.reveal());
  if (publishable == nullptr || secret == nullptr || std::string_view(publishable) == secret) return;
  throw std::invalid_argument(std::string("CLERK_PUBLISHABLE_KEY is of a ") + publishable +
                              " instance, CLERK_SECRET_KEY of a " + secret +
                              " instance: take both from the API keys of one");
}

/// A JWK Set (RFC 7517 section 5).
struct KeySet {
  /// The `kid` of each key: at Clerk the id of the instance.
  std::set<std::string> ids;
  /// The modulus `n` of each RSA key, as bytes.
  std::set<std::string> moduli;
};

/// The size of 2048 bits, the minimum.
constexpr std::size_t minModulusBytes = 256;

std::string stringIn(const json& key, const char* name) {
  return key.is_object() && key.contains(name) && key[name].is_string() ? key[name].get<std::string>() : "";
}

/// Returns the base64 of a PEM, even if its line ends are escaped or its first and last line are missing.
std::string bodyOf(std::string_view pem) {
  constexpr std::string_view marker = "KEY-----";
  const std::size_t front = pem.find(marker);
  if (front != std::string_view::npos) pem.remove_prefix(front + marker.size());
  pem = pem.substr(0, pem.find("-----"));
  std::string body;
  for (std::size_t i = 0; i < pem.size(); ++i) {
    if (pem[i] == '\\') {
      ++i;  // Also skips the letter.
    } else if (std::string_view(" \t\r\n\"'`").find(pem[i]) == std::string_view::npos) {
      body += pem[i];
    }
  }
  return body;
}

/// Parses JSON. Anything except keys is ignored.
KeySet readKeySet(std::string_view text) {
  KeySet set;
  const json document = json::parse(text, nullptr, false);
  if (!document.is_object() || !document.contains("keys")) return set;
  for (const json& key : document["keys"]) {
    const std::string id = stringIn(key, "kid");
    const std::string modulus = decodedBase64(stringIn(key, "n"));
    if (!id.empty()) set.ids.insert(id);
    if (modulus.size() >= minModulusBytes) set.moduli.insert(modulus);
  }
  return set;
}

/// Returns whether the sets have a common key.
bool haveOneInCommon(const KeySet& some, const KeySet& others) {
  return std::any_of(some.ids.begin(), some.ids.end(),
                     [&](const std::string& id) { return others.ids.count(id) != 0; });
}

/// Returns whether a public key that `liveblocks::clerk::KeySource::pem()` accepts is in the set; true if it is
/// unknown.
bool holds(const KeySet& keys, std::string_view pem) {
  // The encoding of an RSA key (RFC 8017 appendix A.1.1) contains the unchanged modulus.
  const std::string encoded = decodedBase64(bodyOf(pem));
  if (keys.moduli.empty() || encoded.size() < minModulusBytes) return true;
  return std::any_of(keys.moduli.begin(), keys.moduli.end(),
                     [&](const std::string& modulus) { return encoded.find(modulus) != std::string::npos; });
}

liveblocks::Result<KeySet> fetchKeys(http::Transport& transport, const http::Request& request,
                                     liveblocks::Deadline deadline) {
  http::Call call{deadline};
  call.maxBody = maxKeySetBytes;
  const auto response = transport.send(request, call);
  if (!response) return response.error();
  const std::string status = request.url + " responded with status " + std::to_string(response->status);
  if (response->status == 401) return Error{Errc::secretKeyRejected, status};
  if (response->status != 200) return Error{Errc::upstream, status};
  KeySet keys = readKeySet(response->body);
  if (keys.ids.empty()) return Error{Errc::upstream, status + " without a key"};
  return keys;
}

std::string withoutSlashes(std::string url) {
  while (!url.empty() && url.back() == '/') url.pop_back();
  return url;
}

http::Request backendApiRequest(const ClerkConfig& config) {
  http::Header authorization{"Authorization", "Bearer ", true};
  authorization.value += config.options.secretKey.reveal();
  return {"GET", withoutSlashes(config.options.apiUrl) + "/v1/jwks", {std::move(authorization)}, {}};
}

/// Uses the host of the Frontend API if the proxy is a path of this site, which is not running yet.
http::Request frontendApiRequest(const ClerkConfig& config) {
  const bool isElsewhere = !config.options.proxyUrl.empty() && config.options.proxyUrl.front() != '/';
  const std::string url =
      isElsewhere ? withoutSlashes(config.options.proxyUrl) : frontendApiUrl(config.options.publishableKey);
  return {"GET", url + "/.well-known/jwks.json", {}, {}};
}

/// Throws `std::invalid_argument` for keys of different instances, and returns an error if they cannot be compared.
liveblocks::Result<void> checkInstance(const ClerkConfig& config) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  const auto bySecret = fetchKeys(*config.transport, backendApiRequest(config), deadline);
  if (!bySecret && bySecret.error().code == Errc::secretKeyRejected) {
    throw std::invalid_argument(
        "CLERK_SECRET_KEY is rejected by Clerk: it was replaced, deleted, or not copied completely. Take it from the "
        "API keys of the instance again");
  }
  if (!bySecret) return bySecret.error();
  if (!config.options.jwtKey.empty() && !holds(*bySecret, config.options.jwtKey)) {
    throw std::invalid_argument(
        "CLERK_JWT_KEY and CLERK_SECRET_KEY are of different instances: take both from the API keys of one");
  }
  if (config.options.publishableKey.empty()) return {};
  const auto byPublishable = fetchKeys(*config.transport, frontendApiRequest(config), deadline);
  if (!byPublishable) return byPublishable.error();
  if (haveOneInCommon(*bySecret, *byPublishable)) return {};
  throw std::invalid_argument(
      "CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY are of different instances: take both from the API keys of one");
}

}  // namespace

void checkClerkKeys(const ClerkConfig& config, const liveblocks::Log& log) {
  checkKeys(config);
  checkUrls(config);
  checkKinds(config);
  if (config.options.secretKey.empty()) return;
  const liveblocks::Result<void> checked = checkInstance(config);
  if (!checked) log(liveblocks::LogLevel::warning, "Clerk's keys could not be checked: " + checked.error().message);
}

}  // namespace examples
