/// A Clerk instance of the test's own, an authenticator for it, requests, and a clock that stands still.
#pragma once

#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/route_guard.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "both_forms.hpp"

namespace liveblocks_tests {

struct RequestFixture {
  using Claim = std::optional<liveblocks::Json>;
  using Spec = liveblocks::testing::SessionTokenSpec;

  static constexpr long long now = 1735689600;

  /// Of `clerk.example.com`.
  static const liveblocks::testing::ClerkIssuer& production() {
    static const liveblocks::testing::ClerkIssuer instance;
    return instance;
  }

  static const liveblocks::testing::ClerkIssuer& development() {
    static const liveblocks::testing::ClerkIssuer instance("foo-bar-13.clerk.accounts.dev");
    return instance;
  }

  /// Whose keys sign for nobody.
  static const liveblocks::testing::ClerkIssuer& stranger() {
    static const liveblocks::testing::ClerkIssuer instance;
    return instance;
  }

  static std::chrono::system_clock::time_point at(long long milliseconds) {
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(milliseconds));
  }

  explicit RequestFixture(const liveblocks::testing::ClerkIssuer& instance = production(),
                          BothForms given = BothForms())
      : form(std::move(given)), issuer(&instance) {
    options.publishableKey = issuer->publishableKey();
    options.clock = clock;
  }

  BothForms form;
  const liveblocks::testing::ClerkIssuer* issuer;
  std::shared_ptr<liveblocks::testing::ManualClock> clock =
      std::make_shared<liveblocks::testing::ManualClock>(at(now * 1000));
  std::shared_ptr<liveblocks::testing::FakeTransport> transport = fake();
  liveblocks::clerk::RequestAuthenticatorOptions options;

  std::string method = "GET";
  std::string url = "https://app.example.com/dash?q=1";
  std::vector<std::pair<std::string, std::string>> headers;

  /// A session of `user`, issued `age` seconds ago.
  static Spec session(const std::string& user = "user_1", long long age = 0) {
    Spec spec;
    spec.userId = user;
    spec.authorizedParty = "https://app.example.com";
    spec.issuedAt = at((now - age) * 1000);
    return spec;
  }

  static Spec expiredSession() { return session("user_1", 120); }

  static Spec sessionWith(const std::string& claim, Claim value) {
    Spec spec = session();
    spec.claims = {{claim, std::move(value)}};
    return spec;
  }

  static Spec sessionWithHeader(const std::string& name, Claim value) {
    Spec spec = session();
    spec.header = {{name, std::move(value)}};
    return spec;
  }

  std::string token(const Spec& spec = session()) const { return issuer->sessionToken(spec); }

  void setHeader(std::string name, std::string value) { headers.emplace_back(std::move(name), std::move(value)); }

  void setBearer(const std::string& token) { setHeader("Authorization", "Bearer " + token); }

  /// As a browser asks for a page.
  void setDocument() { setHeader("Sec-Fetch-Dest", "document"); }

  liveblocks::clerk::RequestAuthenticator authenticator() const {
    return liveblocks::clerk::RequestAuthenticator(liveblocks::clerk::KeySource::pem(issuer->publicKeyPem()), options,
                                                   transport);
  }

  liveblocks::http::RequestView request() const { return {method, url, {headers.begin(), headers.end()}}; }

  /// A transport for the form of the test.
  std::shared_ptr<liveblocks::testing::FakeTransport> fake() const {
    auto result = std::make_shared<liveblocks::testing::FakeTransport>();
    result->setScheduler(form.scheduler());
    return result;
  }

  liveblocks::clerk::RequestState authenticate() const { return authenticate(authenticator()); }

  liveblocks::clerk::RequestState authenticate(const liveblocks::clerk::RequestAuthenticator& by,
                                               std::optional<liveblocks::Deadline> deadline = {}) const {
    return form.run<liveblocks::clerk::RequestState>(
        [&] { return by.authenticate(request(), deadline); },
        [&](auto done) { by.authenticateAsync(received(), done, {deadline}); });
  }

  liveblocks::clerk::RouteGuardResult authenticate(const liveblocks::clerk::RouteGuard& by,
                                                   std::optional<liveblocks::Deadline> deadline = {}) const {
    return form.run<liveblocks::clerk::RouteGuardResult>(
        [&] { return by.authenticate(request(), deadline); },
        [&](auto done) { by.authenticateAsync(received(), done, {deadline}); });
  }

  liveblocks::http::ReceivedRequest received() const { return liveblocks::http::ReceivedRequest::copyOf(request()); }

  /// `in <user>`, `out <reason>` or `handshake <reason>`.
  std::string outcome() const { return outcomeOf(authenticate()); }

  static std::string outcomeOf(const liveblocks::clerk::RequestState& state) {
    using liveblocks::clerk::AuthStatus;
    if (state.status() == AuthStatus::signedIn) return "in " + state.auth(false).userId();
    return (state.status() == AuthStatus::signedOut ? "out " : "handshake ") + state.reason();
  }

  /// Empty when it is absent.
  static std::string headerOf(const liveblocks::clerk::RequestState& state, std::string_view name) {
    liveblocks::http::Response response;
    response.headers = state.headers();
    return std::string(liveblocks::http::findHeader(response, name).value_or(""));
  }
};

}  // namespace liveblocks_tests
