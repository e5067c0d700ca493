#include "clerk/backend_request.hpp"

#include <algorithm>
#include <initializer_list>
#include <stdexcept>
#include <utility>

#include "core/ascii.hpp"
#include "core/pasted_value.hpp"
#include "http/url.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

namespace {

constexpr const char* secretKeyText = "the secret key of the Clerk instance (sk_test_... or sk_live_...)";
constexpr const char* machineSecretKeyText = "the secret key of a machine (ak_...)";

bool beginsWithOneOf(std::string_view text, std::initializer_list<std::string_view> prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return ascii::startsWith(text, prefix); });
}

/// `test_` and `live_`: keys of the first years.
bool isSecretKey(std::string_view text) {
  return beginsWithOneOf(text, {"sk_", "test_", "live_"}) &&
         !beginsWithOneOf(text, {"sk_dev_", "sk_prod_", "sk_localdev"});
}

bool isInKey(char c) noexcept { return ascii::isKeyCharacter(c) || c == '+' || c == '/' || c == '='; }

void checkCharacters(const char* option, std::string_view text) {
  if (std::all_of(text.begin(), text.end(), isInKey)) return;
  throw std::invalid_argument(std::string(option) +
                              " holds a character that no key has: was it cut off, or is it a placeholder?");
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
  std::string url = http::checkedBaseUrl("apiUrl", text);
  http::refusePathAt("api.clerk.com", "apiUrl", url);
  return url;
}

http::Request backendRequest(std::string url, const Secret& secretKey) {
  http::Request request{"GET", std::move(url), {}, {}};
  // Moved in one by one: an initializer list would leave a copy of the key behind.
  request.headers.reserve(4);
  request.headers.push_back(http::bearerAuthorization(secretKey));
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

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
