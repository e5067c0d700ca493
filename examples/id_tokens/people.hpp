/// The application's own users.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace id_tokens {

struct Person {
  std::string userId;
  std::string name;
  std::vector<std::string> groupIds;
};

/// Alice is of the group `product`, Bob of `sales`, Carol of none.
const std::vector<Person>& people();

/// Stands for the application's own sessions: `session-<user id>` is that person's. Null for any other text.
const Person* personOfSession(std::string_view session);

}  // namespace id_tokens
