#include "demo.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <nlohmann/json.hpp>

#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/http/transport.hpp>

namespace task_board {
namespace {

using liveblocks::Result;
namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;

const DemoClerk::Person* findPerson(const std::string& userId) {
  const auto& people = DemoClerk::people();
  const auto found =
      std::find_if(people.begin(), people.end(), [&](const auto& person) { return person.id == userId; });
  return found == people.end() ? nullptr : &*found;
}

/// Answers `GET /v1/users/{id}` in the place of Clerk's Backend API.
class DemoUsersApi : public http::Transport {
 public:
  Result<http::Response> send(const http::Request& request, const http::Call&) override {
    const DemoClerk::Person* person = findPerson(request.url.substr(request.url.rfind('/') + 1));
    if (person == nullptr) return http::Response{404, {}, R"({"errors":[{"code":"resource_not_found"}]})"};
    const nlohmann::json user = {{"id", person->id},
                                 {"object", "user"},
                                 {"first_name", person->firstName},
                                 {"last_name", person->lastName},
                                 {"image_url", person->imageUrl}};
    return http::Response{200, {{"Content-Type", "application/json"}}, user.dump()};
  }
};

}  // namespace

const std::vector<DemoClerk::Person>& DemoClerk::people() {
  static const std::vector<Person> all = {{"user_ada", "Ada", "Lovelace", "/avatars/ada.svg"},
                                          {"user_grace", "Grace", "Hopper", "/avatars/grace.svg"}};
  return all;
}

std::optional<std::string> DemoClerk::sessionToken(const std::string& userId) const {
  if (findPerson(userId) == nullptr) return std::nullopt;
  liveblocks::testing::SessionTokenSpec spec;
  spec.userId = userId;
  spec.sessionId = "sess_" + userId;
  spec.organization = clerk::Organization{"org_acme", "org:member", "acme", {}};
  return issuer_.sessionToken(spec);
}

liveblocks::Identify DemoClerk::identify() const {
  clerk::VerifierOptions verifier;
  verifier.issuer = issuer_.issuer();
  clerk::UsersOptions users;
  users.secretKey = "sk_test_demo";
  return liveblocks::clerkIdentity(clerk::SessionVerifier(clerk::KeySource::jwks(issuer_.jwks()), verifier),
                                   clerk::Users(users, std::make_shared<DemoUsersApi>()));
}

}  // namespace task_board
