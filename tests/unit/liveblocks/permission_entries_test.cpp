#include "permission_matrix.hpp"

#include <algorithm>

#include "catch.hpp"
#include "fixture.hpp"
#include "matrix_text.hpp"

namespace lb = liveblocks;
using liveblocks_tests::textOf;

namespace {

std::string resolved(const lb::detail::PermissionEntries& entries, std::string_view roomId) {
  const auto matrix = lb::detail::resolvePermissions(entries, roomId);
  return matrix ? textOf(*matrix) : "no match";
}

}  // namespace

TEST_CASE("a pattern matches rooms as in browser clients") {
  const auto [pattern, room, matches] = GENERATE(table<std::string, std::string, bool>({
      {"abc", "abc", true},   {"abc", "abcd", false}, {"abc", "ABC", false},   {"abc*", "abc", true},
      {"abc*", "abcd", true}, {"abc*", "ab", false},  {"*", "anything", true}, {"*", "", true},
      {"", "", true},         {"", "a", false},       {"a*c", "ac", true},     {"a*c", "acd", true},
      {"a*c", "abc", false},  {"a*c", "a*c", false},  {"*abc", "abcd", true},  {"*abc", "xabc", false},
      {"**", "*", true},      {"**", "a", false},     {"a*b*", "ab*c", true},  {"a*b*", "abc", false},
      {"é*", "éa", true},     {"é*", "e", false},
  }));
  CAPTURE(pattern, room);
  CHECK(lb::detail::patternMatches(pattern, room) == matches);
}

TEST_CASE("the first star does not make a pattern more specific") {
  const auto [pattern, specificity] = GENERATE(table<std::string, std::size_t>({
      {"", 0},
      {"*", 0},
      {"abc", 3},
      {"abc*", 3},
      {"a*c", 2},
      {"a*b*", 3},
  }));
  CHECK(lb::detail::patternSpecificity(pattern) == specificity);
}

TEST_CASE("all entries that match a room count, in any order") {
  auto [entries, room, matrix] = GENERATE(table<lb::detail::PermissionEntries, std::string, std::string>({
      {{}, "r", "no match"},
      {{{"org2*", {"room:write"}}}, "org1.room1", "no match"},
      {{{"org1*", {"room:write"}}}, "org1.room1", "wwwwwww"},
      {{{"org1*", {}}}, "org1.room1", "-------"},
      {{{"org1*", {"comments:write"}}}, "org1.room1", "-------"},
      // The strongest base.
      {{{"org1*", {"*:write"}}, {"org1.room1", {"*:read"}}}, "org1.room1", "wwwwwww"},
      {{{"org1*", {"*:read"}}, {"org1.room1", {"*:write"}}}, "org1.room1", "wwwwwww"},
      {{{"org1*", {"*:read"}}, {"org1.room1", {"*:write"}}}, "org1.room2", "rrrrrrw"},
      // The most specific scope of a part.
      {{{"org1*", {"*:write"}}, {"org1.room1", {"storage:none"}}}, "org1.room1", "w-wwwww"},
      {{{"org1*", {"*:write", "storage:none"}}, {"org1.room1", {"storage:read"}}}, "org1.room1", "wrwwwww"},
      {{{"org1*", {"*:write", "storage:none"}}, {"org1.room1", {"*:write"}}}, "org1.room1", "w-wwwww"},
      {{{"*", {"*:read", "feeds:none"}}, {"o*", {"feeds:write"}}, {"org1*", {"feeds:read"}}}, "org1.room1", "rrrrrrw"},
      // Equally specific: the strongest.
      {{{"abc*", {"*:read", "storage:write"}}, {"abc", {"storage:none"}}}, "abc", "rwrrrrw"},
      {{{"a*bc", {"*:read", "storage:none"}}, {"ab*c", {"storage:write"}}}, "abcd", "rwrrrrw"},
      {{{"*", {"*:read", "feeds:none"}}, {"*", {"feeds:write"}}}, "r", "rrrrrww"},
      // A scope for comments speaks for both visibilities.
      {{{"a*", {"*:write", "comments:public:none"}}, {"ab*", {"comments:read"}}}, "abc", "wwrrrww"},
      {{{"a*", {"*:write", "comments:read"}}, {"ab*", {"comments:public:none"}}}, "abc", "wwr-rww"},
      {{{"a*", {"*:write", "comments:private:read"}}, {"a*", {"comments:none"}}}, "abc", "ww--rww"},
      // Beyond ASCII.
      {{{"*😀", {"*:write", "storage:none"}}, {"😀*", {"storage:read"}}}, "😀", "wrwwwww"},
      {{{"日*", {"*:write", "storage:none"}}, {"日本", {"storage:read"}}}, "日本", "wrwwwww"},
  }));
  CAPTURE(room);
  CHECK(resolved(entries, room) == matrix);
  std::reverse(entries.begin(), entries.end());
  CHECK(resolved(entries, room) == matrix);
}

TEST_CASE_METHOD(liveblocks_tests::ClientFixture, "a session reports what its token would grant") {
  lb::Session session = ClientFixture::session();
  CHECK_FALSE(session.permissionsFor("acme:product:1"));
  session.allow("acme:product:*", lb::FULL_ACCESS).allow("acme:*", lb::READ_ACCESS);
  session.allow("acme:product:archive", {"storage:none"});
  CHECK(session.permissionsFor("acme:product:1")->canWrite());
  CHECK_FALSE(session.permissionsFor("acme:design:1")->canWrite());
  CHECK(textOf(*session.permissionsFor("acme:product:archive")) == "w-wwwww");
  CHECK_FALSE(session.permissionsFor("other:product:1"));

  static_cast<void>(session.request());
  CHECK(session.permissionsFor("acme:product:1")->canWrite());
}
