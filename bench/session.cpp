#include "session.hpp"

#include <chrono>

#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/core/json.hpp>

namespace liveblocks_bench {

namespace clerk = liveblocks::clerk;
namespace testing = liveblocks::testing;

std::string makeToken(const testing::ClerkIssuer& issuer, std::size_t number) {
  testing::SessionTokenSpec spec;
  spec.userId = "user_2b8Zk0QfNw7dYxJr3LmVtEa" + std::to_string(1000 + number);
  spec.sessionId = "sess_2b8Zk0QfNw7dYxJr3LmVtEa" + std::to_string(1000 + number);
  spec.authorizedParty = "https://app.example.com";
  spec.lifetime = std::chrono::hours(1);
  spec.organization = clerk::Organization{"org_2b8Zk0QfNw7dYxJr3LmVtEaUhCg",
                                          "org:admin",
                                          "acme",
                                          {"org:tasks:read", "org:tasks:write", "org:billing:read"}};
  spec.claims = {{"email", liveblocks::Json("ada.lovelace@example.com")},
                 {"name", liveblocks::Json("Ada Lovelace")},
                 {"picture", liveblocks::Json("https://img.example.com/eyJ0eXBlIjoicHJveHkiLCJzcmMiOiJodHRwcyJ9")},
                 {"metadata", liveblocks::Json::object({{"plan", "enterprise"}, {"seats", 25}, {"beta", true}})}};
  return issuer.sessionToken(spec);
}

}  // namespace liveblocks_bench
