#include <liveblocks/permissions.hpp>

#include <iterator>
#include <sstream>
#include <stdexcept>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;

namespace {

using Names = std::vector<std::string>;

std::vector<std::string> allNames() {
  std::istringstream names(
      "*:read *:write room:read room:write storage:read storage:write storage:none comments:read comments:write "
      "comments:none comments:public:read comments:public:write comments:public:none comments:private:read "
      "comments:private:write comments:private:none feeds:read feeds:write feeds:none room:presence:write");
  return {std::istream_iterator<std::string>(names), {}};
}

// Checked when this file is compiled.
static_assert(lb::Permissions{"*:read", "*:read", "*:write"}.size() == 2);
static_assert(lb::Permission("feeds:none").name() == "feeds:none");
static_assert(lb::Permission::find("feeds:none")->name() == "feeds:none" && !lb::Permission::find("feeds:all"));
static_assert(lb::Permissions{"*:read", "feeds:none"} == lb::Permissions{"feeds:none", "*:read"});
static_assert(lb::Permissions{"*:read", "feeds:none"} != lb::Permissions{"*:read", "feeds:read"});
static_assert(*lb::FULL_ACCESS.begin() == "*:write" && ++lb::FULL_ACCESS.begin() == lb::FULL_ACCESS.end());
static_assert(lb::FULL_ACCESS.contains("*:write") && lb::READ_ACCESS.contains("*:read"));

}  // namespace

TEST_CASE("the 20 permissions of Liveblocks are known") {
  CHECK(allNames().size() == lb::Permission::count);
  for (const std::string& name : allNames()) {
    CHECK(lb::Permission(name).name() == name);
    CHECK(lb::Permission::find(name)->name() == name);
  }
  CHECK(lb::Permissions(allNames()).size() == lb::Permission::count);
}

TEST_CASE("an unknown permission is refused by its name") {
  const std::string name = GENERATE(as<std::string>(), "x", "", "*", "*:READ", "*:read ", "*:none", "room:none",
                                    "room:presence:read", "personal:write", "comments:personal:read");
  CHECK_THROWS_AS(lb::Permission(name), std::invalid_argument);
  CHECK_THROWS_WITH(lb::Permission(name), "Not a valid permission: " + name);
  CHECK_FALSE(lb::Permission::find(name));
}

TEST_CASE("the first unknown permission of a list is named") {
  CHECK_THROWS_WITH(lb::Permissions(std::vector<std::string>{"*:read", "x", "y"}), "Not a valid permission: x");
}

TEST_CASE("an unknown permission is shown short and printable") {
  CHECK_THROWS_WITH(lb::Permission("a\nb\xFF"), "Not a valid permission: a\\x0ab\\xff");
  CHECK_THROWS_WITH(lb::Permission(liveblocks_tests::times(65, "a")),
                    "Not a valid permission: " + liveblocks_tests::times(64, "a") + "…");
  const char* missing = nullptr;
  CHECK_THROWS_AS(lb::Permission(missing), std::invalid_argument);
}

TEST_CASE("permissions keep the order in which they were first added") {
  lb::Permissions set{"room:write", "room:read"};
  set.add(lb::permissions::roomWrite);
  set.add(lb::Permissions{"feeds:none", "room:read"});
  REQUIRE(set.size() == 3);
  CHECK(set[0].name() == "room:write");
  CHECK(set[1].name() == "room:read");
  CHECK(set[2].name() == "feeds:none");
  CHECK_FALSE(set.empty());
  CHECK(lb::Permissions().empty());
}

TEST_CASE("permissions iterate over the names of their scopes") {
  const lb::Permissions set{"room:write", "feeds:none", "room:read"};
  CHECK(std::vector<std::string>(set.begin(), set.end()) == Names{"room:write", "feeds:none", "room:read"});
  Names names;
  for (const std::string_view scope : lb::Permissions{"*:read", "*:write"}) names.emplace_back(scope);
  CHECK(names == Names{"*:read", "*:write"});
  CHECK(lb::Permissions().begin() == lb::Permissions().end());
  auto position = set.begin();
  CHECK(*position++ == "room:write");
  CHECK(*position == "feeds:none");
}

TEST_CASE("permissions are equal when they have the same scopes in any order") {
  const lb::Permissions set{"room:write", "feeds:none"};
  CHECK(set == lb::Permissions{"feeds:none", "room:write"});
  CHECK(set != lb::Permissions{"room:write"});
  CHECK(set != lb::Permissions{"room:write", "feeds:read"});
  CHECK(set != lb::Permissions{"room:write", "feeds:none", "room:read"});
  CHECK(lb::Permissions() == lb::Permissions());
}
