#include "demo_clerk.hpp"

#include <algorithm>
#include <utility>

namespace guarded_site {
namespace {

namespace clerk = liveblocks::clerk;
namespace testing = liveblocks::testing;
using std::chrono::system_clock;

/// Of a development instance, as Clerk names them.
constexpr const char* frontendApi = "guarded-site-1.clerk.accounts.dev";

/// Seen by the Frontend API alone: who is signed in there.
std::string clientCookie(const std::string& personId) {
  return "__client=" + personId + "; Path=" + std::string(DemoClerk::frontendPath) + "; HttpOnly; SameSite=Lax";
}

std::string secondsOf(system_clock::time_point time) {
  return std::to_string(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count());
}

std::vector<std::string> withoutSession() {
  return {"__session=; Path=/; Max-Age=0; SameSite=Lax", "__client_uat=0; Path=/; SameSite=Lax"};
}

bool isPrintable(char c) { return c > ' ' && c < '\x7F'; }

}  // namespace

const std::vector<DemoClerk::Person>& DemoClerk::people() {
  static const std::vector<Person> all = {{"user_ada", "Ada", "Lovelace", "org:admin"},
                                          {"user_grace", "Grace", "Hopper", "org:member"}};
  return all;
}

const DemoClerk::Person* findPerson(const std::string& personId) {
  const auto& people = DemoClerk::people();
  const auto found =
      std::find_if(people.begin(), people.end(), [&](const auto& person) { return person.id == personId; });
  return found == people.end() ? nullptr : &*found;
}

DemoClerk::DemoClerk(std::string publicOrigin)
    : publicOrigin_(std::move(publicOrigin)),
      clerk_(std::make_shared<testing::FakeClerk>(testing::ClerkIssuer(frontendApi))) {
  for (const Person& person : people()) {
    testing::FakeUser user;
    user.id = person.id;
    user.firstName = person.firstName;
    user.lastName = person.lastName;
    clerk_->addUser(user);
  }
}

examples::ClerkConfig DemoClerk::config() const {
  examples::ClerkConfig config;
  config.publishableKey = clerk_->issuer().publishableKey();
  config.secretKey = clerk_->secretKey();
  config.signInUrl = "/sign-in";
  config.proxyUrl = frontendPath;
  config.transport = clerk_;
  return config;
}

std::vector<std::string> DemoClerk::signIn(const std::string& personId) const {
  const Person* person = findPerson(personId);
  if (person == nullptr) return signOut();
  std::vector<std::string> cookies = sessionCookies(*person, system_clock::now());
  cookies.push_back(clientCookie(personId));
  return cookies;
}

std::vector<std::string> DemoClerk::signOut() {
  std::vector<std::string> cookies = withoutSession();
  cookies.push_back(clientCookie(""));
  return cookies;
}

std::vector<std::string> DemoClerk::expiredSession(const std::string& personId) const {
  const Person* person = findPerson(personId);
  return person == nullptr ? signOut() : sessionCookies(*person, system_clock::now() - std::chrono::minutes(10));
}

std::vector<std::string> DemoClerk::sessionCookies(const Person& person, system_clock::time_point issuedAt) const {
  testing::SessionTokenSpec spec;
  spec.userId = person.id;
  spec.sessionId = "sess_" + person.id;
  spec.authorizedParty = publicOrigin_;
  spec.organization = clerk::Organization{"org_acme", person.role, "acme", {}};
  spec.issuedAt = issuedAt;
  return {"__session=" + clerk_->issuer().sessionToken(spec) + "; Path=/; SameSite=Lax",
          "__client_uat=" + secondsOf(issuedAt) + "; Path=/; SameSite=Lax"};
}

std::string DemoClerk::handshake(const std::string& returnUrl, const std::string& personId,
                                 const std::string& devBrowser) const {
  const Person* person = findPerson(personId);
  auto directives = person == nullptr ? withoutSession() : sessionCookies(*person, system_clock::now());
  if (devBrowser.empty()) directives.emplace_back("__clerk_db_jwt=dvb_demo; Path=/; SameSite=Lax");
  const std::string url = checkedReturn(returnUrl);
  return url + (url.find('?') == std::string::npos ? "?" : "&") +
         "__clerk_handshake_nonce=" + clerk_->addHandshake(std::move(directives));
}

std::string DemoClerk::checkedReturn(const std::string& url) const {
  const std::string front = publicOrigin_ + "/";
  return url.rfind(front, 0) == 0 && std::all_of(url.begin(), url.end(), isPrintable) ? url : front;
}

}  // namespace guarded_site
