#include <algorithm>

#include "catch.hpp"
#include "fixture.hpp"
#include "session.hpp"

namespace lb = liveblocks;
using liveblocks_tests::ClientFixture;
using liveblocks_tests::times;
using Warnings = std::vector<std::string>;

TEST_CASE("scopes that have an effect, or only repeat others, cause no warning") {
  const auto entries = GENERATE(values<lb::detail::PermissionEntries>({
      {},
      {{"r", {"*:read"}}},
      {{"*", {"*:read", "comments:write", "comments:public:read", "feeds:none"}}},
      {{"r", {"room:read", "room:presence:write"}}},
      // The naming pattern: an organization is read, a group written.
      {{"acme:product:*", {"*:write"}}, {"acme:*", {"*:read"}}},
      {{"acme:product:*", {"*:write"}}, {"acme:*", {"*:read"}}, {"*", {"*:read"}}},
      {{"acme:product:*", {"room:write"}}, {"acme:*", {"*:read", "comments:write"}}},
      // Exceptions from what is wider.
      {{"acme:*", {"*:write"}}, {"acme:archive", {"storage:none"}}},
      {{"acme:*", {"*:write"}}, {"acme:archive:*", {"storage:read"}}, {"acme:archive:1", {"storage:write"}}},
      {{"acme:*", {"*:write", "storage:none"}}, {"acme:archive", {"storage:none"}}},
      {{"acme:*", {"*:read"}}, {"acme:product:*", {"*:read", "storage:write"}}},
      {{"acme:*", {"*:read", "feeds:none"}}, {"acme:product:*", {"*:write"}}},
      // What one grants in a part of the rooms of another.
      {{"acme:*", {"*:write"}}, {"acme:product:*", {"*:write"}}},
      {{"acme:*", {"*:write"}}, {"acme:product:*", {"room:write"}}},
      {{"acme:*", {"*:read", "comments:write"}}, {"acme:product:*", {"*:read", "comments:write"}}},
      {{"abc*", {"*:read"}}, {"abc", {"*:write"}}},
      {{"abc*", {"*:write", "storage:none"}}, {"abc", {"storage:write"}}},
  }));
  CHECK(lb::detail::warningsAbout(entries).empty());
}

TEST_CASE("an entry that contradicts itself causes a warning") {
  const auto [scopes, named] = GENERATE(table<lb::Permissions, std::string>({
      {{"*:read", "*:write"}, "*:read, *:write"},
      {{"room:read", "*:read"}, "room:read, *:read"},
      {{"*:write", "comments:read", "feeds:read", "comments:write"}, "comments:read, comments:write"},
      {{"*:write", "comments:public:read", "comments:public:none"}, "comments:public:read, comments:public:none"},
      {{"*:write", "storage:none", "storage:read", "storage:write"}, "storage:none, storage:read, storage:write"},
  }));
  CHECK(lb::detail::warningsAbout({{"r", scopes}}) ==
        Warnings{"Permissions for \"r\": " + named + " contradict each other. The strongest counts."});
}

TEST_CASE("a scope without effect because of other entries causes a warning in any order") {
  auto [entries, room, scopes] = GENERATE(table<lb::detail::PermissionEntries, std::string, std::string>({
      {{{"acme:*", {"*:write"}}, {"acme:archive", {"*:read"}}}, "acme:archive", "*:read"},
      {{{"acme:*", {"*:write"}}, {"acme:archive:*", {"room:read"}}}, "acme:archive:*", "room:read"},
      {{{"*", {"room:write"}}, {"acme:*", {"*:read"}}, {"acme:product:*", {"*:write"}}}, "acme:*", "*:read"},
      {{{"acme:*", {"*:write"}}, {"acme:archive", {"*:read", "storage:none"}}}, "acme:archive", "*:read"},
      {{{"acme:*", {"*:write"}}, {"acme:product:*", {"*:read", "comments:write"}}}, "acme:product:*", "*:read"},
      // Equally specific.
      {{{"abc*", {"*:write", "storage:write"}}, {"abc", {"storage:none"}}}, "abc", "storage:none"},
      {{{"abc*", {"*:read", "comments:write"}}, {"abc", {"comments:none"}}}, "abc", "comments:none"},
  }));
  const Warnings expected{"Permissions for \"" + room + "\": " + scopes +
                          " without effect. Another entry grants more, and the strongest counts."};
  CHECK(lb::detail::warningsAbout(entries) == expected);
  std::reverse(entries.begin(), entries.end());
  CHECK(lb::detail::warningsAbout(entries) == expected);
}

TEST_CASE("an entry that changes nothing and is not what is granted causes a warning") {
  const auto [entries, room] = GENERATE(table<lb::detail::PermissionEntries, std::string>({
      {{{"acme:*", {"*:write", "storage:none"}}, {"acme:product:*", {"*:write"}}}, "acme:product:*"},
      {{{"acme:*", {"*:read", "comments:write"}}, {"acme:product:*", {"*:read"}}}, "acme:product:*"},
      {{{"*", {"*:write"}}, {"r", {"room:presence:write"}}}, "r"},
  }));
  CHECK(lb::detail::warningsAbout(entries) ==
        Warnings{"Permissions for \"" + room + "\": it changes nothing. Other entries decide about these rooms."});
}

TEST_CASE("every mistake causes a warning") {
  const lb::detail::PermissionEntries entries = {
      {"a*", {"*:write"}}, {"ab", {"*:read", "feeds:none", "feeds:read"}}, {"abc", {"*:read"}}};
  CHECK(lb::detail::warningsAbout(entries).size() == 3);
}

TEST_CASE("rooms are shown on one line of at most 64 bytes") {
  const auto [room, shown] = GENERATE(table<std::string, std::string>({
      {"a\nb\x1B", "a\\x0ab\\x1b"},
      {times(64, "a"), times(64, "a")},
      {times(65, "a"), times(64, "a") + "…"},
  }));
  const Warnings warnings = lb::detail::warningsAbout({{room, {"*:read", "*:write"}}});
  REQUIRE(warnings.size() == 1);
  CHECK(warnings.front() ==
        "Permissions for \"" + shown + "\": *:read, *:write contradict each other. The strongest counts.");
}

TEST_CASE_METHOD(ClientFixture, "sealing a session logs the warnings once") {
  lb::Session session = ClientFixture::session();
  session.allow("acme:*", lb::FULL_ACCESS)
      .allow("acme:archive", lb::READ_ACCESS)
      .allow("acme:archive", lb::FULL_ACCESS);
  CHECK(log.lines->empty());
  static_cast<void>(session.request());
  REQUIRE(log.lines->size() == 1);
  CHECK(log.lines->front().first == lb::LogLevel::warning);
  CHECK(log.lines->front().second ==
        "Permissions for \"acme:archive\": *:read, *:write contradict each other. The strongest counts.");
  CHECK_THROWS(session.request());
  CHECK(log.lines->size() == 1);
}

TEST_CASE_METHOD(ClientFixture, "mistakes do no harm without a log") {
  lb::LiveblocksOptions silent = options();
  silent.log = nullptr;
  lb::Session session = lb::Liveblocks(silent, transport).prepareSession("u");
  session.allow("r", {"*:read", "*:write"});
  CHECK(session.request().body == R"({"userId":"u","permissions":{"r":["*:read","*:write"]}})");
}
