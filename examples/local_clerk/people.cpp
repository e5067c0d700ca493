#include "local_clerk/people.hpp"

namespace local_clerk {

namespace testing = liveblocks::testing;

std::vector<testing::FakeUser> people(const std::string& publicOrigin) {
  testing::FakeUser ada;
  ada.id = "user_ada";
  ada.firstName = "Ada";
  ada.lastName = "Lovelace";
  ada.imageUrl = publicOrigin + "/sign-in/avatars/ada.svg";
  ada.memberships = {{"org_acme", "org:admin", "acme", "Acme", {}},
                     {"org_analytical", "org:member", "analytical", "Analytical Society", {}}};

  testing::FakeUser grace;
  grace.id = "user_grace";
  grace.firstName = "Grace";
  grace.lastName = "Hopper";
  grace.imageUrl = publicOrigin + "/sign-in/avatars/grace.svg";
  grace.memberships = {{"org_acme", "org:member", "acme", "Acme", {}}};

  return {ada, grace};
}

}  // namespace local_clerk
