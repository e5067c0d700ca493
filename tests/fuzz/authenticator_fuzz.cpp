#include <liveblocks/core/log.hpp>

#include "clerk_request.hpp"
#include "core/text.hpp"
#include "fuzz_input.hpp"
#include "fuzz_target.hpp"

using namespace liveblocks;
using fuzzing::ClerkInstance;

namespace {

const ClerkInstance& production() {
  static const ClerkInstance instance("clerk.example.com");
  return instance;
}

const ClerkInstance& development() {
  static const ClerkInstance instance("foo-bar-13.clerk.accounts.dev");
  return instance;
}

constexpr std::string_view browser = "dvb_2ZuSDkQ8pXn5fVbL0aRtYwEcGhJ";
constexpr std::string_view apiKey = "ak_7f3kQ9vZ1mB6xL4pT8sWcR2nDjYh";

const fuzzing::SecretParts& secrets() {
  static const fuzzing::SecretParts parts = [] {
    fuzzing::SecretParts result;
    production().addSecretsTo(result);
    development().addSecretsTo(result);
    result.add(browser);
    result.add(apiKey);
    return result;
  }();
  return parts;
}

void checkText(std::string_view text) { fuzzing::require(!secrets().areIn(text)); }

/// An authenticator, and the start of every URL that it may redirect to; without any it may redirect to the site that
/// forwarded headers name.
struct Setup {
  const ClerkInstance* instance;
  clerk::RequestAuthenticator authenticator;
  std::vector<std::string> targets;
};

Setup setupOf(const ClerkInstance& instance, clerk::RequestAuthenticatorOptions options,
              std::vector<std::string> targets = {}) {
  options.log = [](LogLevel, std::string_view line) { checkText(line); };
  return {&instance, instance.authenticator(options), std::move(targets)};
}

std::vector<Setup> makeSetups() {
  std::vector<Setup> setups;
  clerk::RequestAuthenticatorOptions options = development().options();
  options.publicOrigin = ClerkInstance::origin;
  const std::string site = options.publicOrigin + "/";
  setups.push_back(setupOf(development(), options, {site, development().issuer().issuer() + "/"}));
  options = production().options();
  options.trustForwardedHeaders = true;
  setups.push_back(setupOf(production(), options));
  options = production().options();
  options.cookiePolicy = clerk::CookiePolicy::sessionOnly;
  options.acceptsToken = clerk::AcceptedTokens::any();
  setups.push_back(setupOf(production(), options, {"none"}));
  options = production().options();
  options.publicOrigin = ClerkInstance::origin;
  options.isSatellite = true;
  options.satelliteAutoSync = true;
  options.domain = "satellite.example";
  options.signInUrl = "https://primary.example/sign-in";
  setups.push_back(
      setupOf(production(), options, {site, "https://clerk.satellite.example/", "https://primary.example/"}));
  return setups;
}

void checkHeaders(const Setup& setup, const clerk::RequestState& state) {
  for (const http::Header& header : state.headers()) {
    fuzzing::require(!header.name.empty() && fuzzing::isHeaderValue(header.value));
    if (header.name != "Location" || setup.targets.empty()) continue;
    bool isAllowed = false;
    for (const std::string& target : setup.targets) isAllowed = isAllowed || ascii::startsWith(header.value, target);
    fuzzing::require(isAllowed);
  }
}

void check(const Setup& setup, const http::RequestView& request, std::string_view input) {
  const clerk::RequestState state = setup.authenticator.authenticate(request);
  const bool isIn = state.status() == clerk::AuthStatus::signedIn;
  fuzzing::require(!isIn || setup.instance->holdsCredential(input));
  fuzzing::require(isIn == state.reason().empty() && (isIn || !state.isAuthenticated()));
  fuzzing::require(!state.isAuthenticated() || state.machineToken() || state.auth().userId() == "user_1");
  checkText(state.reason());
  checkText(state.message());
  if (state.error()) checkText(state.error()->message);
  checkHeaders(setup, state);
  const auto local = setup.authenticator.authenticateLocally(request);
  if (local) fuzzing::require(local->status() == state.status() && local->reason() == state.reason());
}

std::string cookies(const std::string& session, const std::string& rest) {
  return "Cookie: theme=dark; __session=" + session + "; " + rest;
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  const std::string page = "GET /dash?q=1\nHost: app.example.com\nSec-Fetch-Dest: document\nAccept: text/html\n";
  const std::string uat = "__client_uat=1735689000";
  const std::string dev = uat + "; __clerk_db_jwt=" + std::string(browser);
  return {
      page + cookies(production().session(), uat),
      page + cookies(development().session(), dev),
      page + cookies(production().expired(), uat + "; __clerk_redirect_count=1"),
      page + cookies(production().foreign(), uat) + "\nX-Forwarded-Host: a.example, b\nX-Forwarded-Proto: https",
      page + "Cookie: " + dev + "; __clerk_handshake=" + development().handshake(),
      "GET https://app.example.com/a?__clerk_handshake=" + production().handshake() + "&x=%20\nAccept: text/html\n",
      "GET /?__clerk_redirect_url=https%3A%2F%2Fapp.example.com%2Fb&__clerk_db_jwt=" + std::string(browser) +
          "\nSec-Fetch-Dest: document\nCookie: " + dev,
      "GET /?__clerk_synced=false&__clerk_handshake_nonce=abc\nSec-Fetch-Dest: document\nReferer: https://x.example/",
      "POST /api\nAuthorization: Bearer " + production().session(),
      "POST /api\nauthorization: bearer  " + production().machine() + "\nCookie: __session=",
      "PUT /api\nAuthorization: Bearer " + std::string(apiKey)};
}

/// Whatever the method and the target on the first line and the headers on the others are: nobody is signed in without
/// a genuine credential, nothing of a credential gets into a reason, an error or the log, and every header that is sent
/// is one, to a page that the options name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<Setup> setups = makeSetups();
  const std::string_view input = fuzzing::view(data, size);
  std::string_view rest = input;
  const auto [method, url] = ascii::splitOnce(fuzzing::takeLine(rest), ' ');
  const http::RequestView request{method, url, fuzzing::takeHeaders(rest)};
  for (const Setup& setup : setups) check(setup, request, input);
  return 0;
}
