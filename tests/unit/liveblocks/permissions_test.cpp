#include <liveblocks/permissions.hpp>

#include <iterator>
#include <sstream>
#include <stdexcept>

#include "catch.hpp"
#include "fixture.hpp"

namespace lb = liveblocks;

namespace {

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

TEST_CASE("what is shown of an unknown permission is short and printable") {
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
