/// A sign-in without Clerk, for trying the example on one's own machine.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <liveblocks/testing/fake_clerk.hpp>

#include "common/clerk.hpp"

namespace task_board {

/// A Clerk instance of our own making. It has two users, both of the organization `org_acme`, and signs in whoever
/// asks.
class DemoClerk {
 public:
  struct Person {
    std::string id;
    std::string firstName;
    std::string lastName;
    std::string imageUrl;
  };

  DemoClerk();

  static const std::vector<Person>& people();

  /// A session token of 60 s, as Clerk's `session.getToken()` hands out; nullopt for a user it does not have.
  std::optional<std::string> sessionToken(const std::string& userId) const;

  /// What makes the server take it for Clerk.
  examples::ClerkConfig config() const;

 private:
  std::shared_ptr<liveblocks::testing::FakeClerk> clerk_ =
      std::make_shared<liveblocks::testing::FakeClerk>(liveblocks::testing::ClerkIssuer("clerk.task-board.example"));
};

}  // namespace task_board
