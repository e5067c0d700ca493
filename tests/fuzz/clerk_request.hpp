/// Clerk instances whose clock stands still, the credentials that they issued, and whether a request holds one.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>
#include <liveblocks/testing/fake_transport.hpp>
#include <liveblocks/testing/manual_clock.hpp>

#include "fuzz_input.hpp"
#include "path_readings.hpp"

namespace fuzzing {

class ClerkInstance {
 public:
  explicit ClerkInstance(const std::string& host) : issuer_(host) {
    using liveblocks::testing::SessionTokenSpec;
    SessionTokenSpec spec;
    spec.authorizedParty = origin;
    spec.issuedAt = now();
    session_ = issuer_.sessionToken(spec);
    handshake_ = issuer_.handshakeToken({"__session=" + session_ + "; Path=/", "__client_uat=1735689000; Path=/"});
    liveblocks::testing::M2mTokenSpec machine;
    machine.issuedAt = now();
    machine_ = issuer_.m2mToken(machine);
    spec.issuedAt = now() - std::chrono::hours(1);
    expired_ = issuer_.sessionToken(spec);
    spec.issuedAt = now();
    spec.authorizedParty = "https://evil.example";
    foreign_ = issuer_.sessionToken(spec);
  }

  static constexpr const char* origin = "https://app.example.com";

  static std::chrono::system_clock::time_point now() {
    return std::chrono::system_clock::time_point(std::chrono::seconds(1735689600));
  }

  const liveblocks::testing::ClerkIssuer& issuer() const { return issuer_; }
  const std::string& session() const { return session_; }
  const std::string& handshake() const { return handshake_; }
  const std::string& machine() const { return machine_; }
  const std::string& expired() const { return expired_; }
  const std::string& foreign() const { return foreign_; }

  /// Whether a text holds a token that signs its bearer in, as it is or percent-encoded.
  bool holdsCredential(std::string_view text) const {
    const std::string once = percentDecoded(text);
    const auto isThere = [&](const std::string& token) {
      return text.find(token) != std::string_view::npos || once.find(token) != std::string::npos;
    };
    return isThere(session_) || isThere(handshake_) || isThere(machine_);
  }

  void addSecretsTo(SecretParts& parts) const {
    for (const std::string& token : {session_, handshake_, machine_, expired_, foreign_}) parts.addToken(token);
  }

  /// Options of an authenticator of this instance, which reaches nobody.
  liveblocks::clerk::RequestAuthenticatorOptions options() const {
    liveblocks::clerk::RequestAuthenticatorOptions options;
    options.publishableKey = issuer_.publishableKey();
    options.authorizedParties = {origin};
    options.clock = std::make_shared<liveblocks::testing::ManualClock>(now());
    return options;
  }

  liveblocks::clerk::RequestAuthenticator authenticator(
      const liveblocks::clerk::RequestAuthenticatorOptions& options) const {
    return liveblocks::clerk::RequestAuthenticator(liveblocks::clerk::KeySource::pem(issuer_.publicKeyPem()), options,
                                                   std::make_shared<liveblocks::testing::FakeTransport>());
  }

 private:
  liveblocks::testing::ClerkIssuer issuer_;
  std::string session_;
  std::string handshake_;
  std::string machine_;
  std::string expired_;
  std::string foreign_;
};

}  // namespace fuzzing
