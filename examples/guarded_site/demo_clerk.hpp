/// A Clerk instance without Clerk, for trying the site on one's own machine.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/testing/fake_clerk.hpp>

#include "common/clerk.hpp"

namespace guarded_site {

/// A development instance. To the site it is the Backend API, as a transport; to browsers it is the Frontend API, which
/// the site serves below `frontendPath`, and the sign-in page. It signs in whoever asks.
class DemoClerk {
 public:
  struct Person {
    std::string id;
    std::string firstName;
    std::string lastName;
    std::string role;
  };

  static constexpr std::string_view frontendPath = "/__clerk";

  static const std::vector<Person>& people();

  explicit DemoClerk(std::string publicOrigin);

  /// What makes the site take it for Clerk.
  examples::ClerkConfig config() const;

  /// @{
  /// What browsers of those who sign in and out are given: `Set-Cookie` lines. For nobody else than people().
  std::vector<std::string> signIn(const std::string& personId) const;
  static std::vector<std::string> signOut();
  /// A session that has been over for a while, as of somebody who comes back to a page.
  std::vector<std::string> expiredSession(const std::string& personId) const;
  /// @}

  /// Where a handshake goes next: back to `returnUrl`, with a nonce for cookies that are up to date.
  /// `personId` is empty for nobody; `devBrowser` is empty for a new browser.
  std::string handshake(const std::string& returnUrl, const std::string& personId, const std::string& devBrowser) const;

  /// The URL itself where it is one of the site, else the site's front page: nobody is sent elsewhere.
  std::string checkedReturn(const std::string& url) const;

 private:
  std::vector<std::string> sessionCookies(const Person& person, std::chrono::system_clock::time_point issuedAt) const;

  std::string publicOrigin_;
  std::shared_ptr<liveblocks::testing::FakeClerk> clerk_;
};

/// Null for a person it does not have.
const DemoClerk::Person* findPerson(const std::string& personId);

}  // namespace guarded_site
