// A session of a user without an account, for the first requests to a guarded route.
// It is kept short: NOLINTBEGIN(bugprone-exception-escape)
// beast.md+poco.md+drogon.md session: begin
#include <chrono>
#include <iostream>

#include <liveblocks/testing/clerk_issuer.hpp>

int main() {
  const liveblocks::testing::ClerkIssuer clerk;
  liveblocks::testing::SessionTokenSpec session;
  session.userId = "user_ada";
  session.authorizedParty = "http://localhost:8080";
  session.lifetime = std::chrono::hours(1);
  std::cout << "export CLERK_PUBLISHABLE_KEY='" << clerk.publishableKey() << "'\n"
            << "export CLERK_JWT_KEY='" << clerk.publicKeyPem() << "'\n"
            << "export SESSION='" << clerk.sessionToken(session) << "'\n";
}
// beast.md+poco.md+drogon.md session: end
// NOLINTEND(bugprone-exception-escape)
