#include "demo.hpp"

#include <algorithm>

namespace task_board {

namespace clerk = liveblocks::clerk;
namespace testing = liveblocks::testing;

const std::vector<DemoClerk::Person>& DemoClerk::people() {
  static const std::vector<Person> all = {{"user_ada", "Ada", "Lovelace", "/avatars/ada.svg"},
                                          {"user_grace", "Grace", "Hopper", "/avatars/grace.svg"}};
  return all;
}

DemoClerk::DemoClerk() {
  for (const Person& person : people()) {
    testing::FakeUser user;
    user.id = person.id;
    user.firstName = person.firstName;
    user.lastName = person.lastName;
    user.imageUrl = person.imageUrl;
    clerk_->addUser(user);
  }
}

std::optional<std::string> DemoClerk::sessionToken(const std::string& userId) const {
  const auto isAsked = [&](const Person& person) { return person.id == userId; };
  if (std::none_of(people().begin(), people().end(), isAsked)) return std::nullopt;
  testing::SessionTokenSpec spec;
  spec.userId = userId;
  spec.sessionId = "sess_" + userId;
  spec.organization = clerk::Organization{"org_acme", "org:member", "acme", {}};
  return clerk_->issuer().sessionToken(spec);
}

examples::ClerkConfig DemoClerk::config() const {
  examples::ClerkConfig config;
  config.publishableKey = clerk_->issuer().publishableKey();
  config.secretKey = clerk_->secretKey();
  config.transport = clerk_;
  return config;
}

}  // namespace task_board
