/// A token that is being spoiled.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace oracle {

/// 2025-01-01T00:00:00Z
constexpr std::int64_t now = 1735689600;

/// The members of a JSON object as texts; names may occur twice.
class Members {
 public:
  Members(std::initializer_list<std::pair<std::string, std::string>> members) : members_(members) {}

  /// Sets a member to a JSON text.
  void set(const std::string& name, std::string json);
  void remove(const std::string& name);
  /// Adds one, even if there is one of that name.
  void add(const std::string& name, std::string json);
  std::string text() const;

 private:
  std::vector<std::pair<std::string, std::string>> members_;
};

/// A valid session token, until a fault changes it.
struct Draft {
  Members header{{"alg", R"("RS256")"}, {"cat", R"("cl_B7d4PD111AAA")"}, {"kid", R"("ins_test")"}, {"typ", R"("JWT")"}};
  Members payload{{"azp", R"("https://app.example.com")"},
                  {"exp", std::to_string(now + 60)},
                  {"fva", "[0,-1]"},
                  {"iat", std::to_string(now)},
                  {"iss", R"("https://clerk.example.com")"},
                  {"jti", R"("a1b2c3")"},
                  {"nbf", std::to_string(now - 10)},
                  {"sid", R"("sess_1")"},
                  {"sts", R"("active")"},
                  {"sub", R"("user_1")"},
                  {"v", "2"}};
  /// Changes of the JSON texts before, and of the token after it is signed.
  std::vector<std::function<std::string(const std::string&)>> headerEdits;
  std::vector<std::function<std::string(const std::string&)>> payloadEdits;
  std::vector<std::function<std::string(const std::string&)>> tokenEdits;
  bool foreignKey = false;

  // How both verifiers are set up.
  std::int64_t clockMs = now * 1000;
  std::chrono::seconds skew{5};
  std::vector<std::string> authorizedParties;
  std::vector<std::string> audience;
};

/// One way in which a token, or the time or the place it is shown, can be special.
struct Fault {
  std::string name;
  std::function<void(Draft&)> apply;
  /// Not to be combined with others.
  bool alone = false;
};

/// Every fault, valid variations included. Names are unique.
const std::vector<Fault>& faults();

/// Organizations whose claims follow or break the rules at random.
void randomOrganization(Draft& draft, const std::function<std::size_t(std::size_t)>& below);

}  // namespace oracle
