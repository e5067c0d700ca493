#include <liveblocks/permission_matrix.hpp>

#include <liveblocks/room.hpp>

#include "catch.hpp"
#include "matrix_text.hpp"

namespace lb = liveblocks;
using liveblocks_tests::textOf;

TEST_CASE("a set of scopes resolves to a matrix") {
  const auto [scopes, matrix] = GENERATE(table<lb::Permissions, std::string>({
      {{"*:write"}, "wwwwwww"},
      {{"room:write"}, "wwwwwww"},
      {{"*:read"}, "rrrrrrw"},
      {{"room:read"}, "rrrrrrw"},
      {{"*:write", "storage:read"}, "wrwwwww"},
      {{"*:write", "storage:none"}, "w-wwwww"},
      {{"*:read", "comments:write", "feeds:none"}, "rrwww-w"},
      {{"*:write", "comments:private:none"}, "wwww-ww"},
      {{"*:write", "comments:none", "comments:public:read"}, "ww-r-ww"},
      {{"*:write", "comments:none", "comments:public:read", "comments:private:write"}, "ww-rwww"},
      {{"*:write", "comments:read"}, "wwrrrww"},
      {{"*:write", "room:presence:write"}, "wwwwwww"},
  }));
  CHECK(textOf(lb::PermissionMatrix::of(scopes)) == matrix);
}

TEST_CASE("the strongest of several scopes for one part counts, whatever their order") {
  const auto [scopes, matrix] = GENERATE(table<lb::Permissions, std::string>({
      {{"*:read", "*:write"}, "wwwwwww"},
      {{"*:write", "room:read"}, "wwwwwww"},
      {{"*:write", "storage:none", "storage:read"}, "wrwwwww"},
      {{"*:write", "comments:write", "comments:none"}, "wwwwwww"},
      {{"*:read", "comments:private:none", "comments:private:write"}, "rrrrwrw"},
  }));
  CHECK(textOf(lb::PermissionMatrix::of(scopes)) == matrix);
  lb::Permissions reversed;
  for (std::size_t i = scopes.size(); i > 0; --i) reversed.add(scopes[i - 1]);
  CHECK(textOf(lb::PermissionMatrix::of(reversed)) == matrix);
}

TEST_CASE("access has the vendor's names") {
  CHECK(name(lb::Access::none) == "none");
  CHECK(name(lb::Access::read) == "read");
  CHECK(name(lb::Access::write) == "write");
}

TEST_CASE("without a base scope there is no access") {
  const auto scopes = GENERATE(as<lb::Permissions>(), lb::Permissions{}, lb::Permissions{"comments:write"},
                               lb::Permissions{"room:presence:write"}, lb::Permissions{"storage:write", "feeds:read"});
  CHECK(lb::PermissionMatrix::of(scopes) == lb::PermissionMatrix());
  CHECK(textOf(lb::PermissionMatrix::of(scopes)) == "-------");
}

TEST_CASE("write access includes read access") {
  const auto matrix = lb::PermissionMatrix::of({"*:read", "storage:write", "feeds:none"});
  CHECK(matrix.canRead());
  CHECK_FALSE(matrix.canWrite());
  CHECK(matrix.canRead(lb::Resource::storage));
  CHECK(matrix.canWrite(lb::Resource::storage));
  CHECK(matrix.allows(lb::Resource::feeds, lb::Access::none));
  CHECK_FALSE(matrix.canRead(lb::Resource::feeds));
  CHECK(matrix.canWrite(lb::Resource::personal));
  CHECK_FALSE(lb::PermissionMatrix().canRead(lb::Resource::personal));
}

TEST_CASE("access to threads of one visibility suffices for comments") {
  const auto [scopes, read, write] = GENERATE(table<lb::Permissions, bool, bool>({
      {{"*:write", "comments:none", "comments:public:read", "comments:private:write"}, true, true},
      {{"*:write", "comments:none", "comments:public:read"}, true, false},
      {{"*:write", "comments:none"}, false, false},
      {{"*:read", "comments:write", "comments:public:none", "comments:private:none"}, true, true},
      {{"comments:write"}, false, false},
  }));
  const auto matrix = lb::PermissionMatrix::of(scopes);
  CHECK(matrix.canRead(lb::Resource::comments) == read);
  CHECK(matrix.canWrite(lb::Resource::comments) == write);
}

TEST_CASE("access to one visibility is independent of the other") {
  const auto matrix = lb::PermissionMatrix::of({"*:write", "comments:none", "comments:public:read"});
  CHECK(matrix.canRead(lb::Resource::commentsPublic));
  CHECK_FALSE(matrix.canWrite(lb::Resource::commentsPublic));
  CHECK_FALSE(matrix.canRead(lb::Resource::commentsPrivate));
}

TEST_CASE("in a room the accesses of a user replace those of groups, and those of groups the default") {
  struct Case {
    lb::Permissions byDefault;
    std::vector<lb::Permissions> groups;
    lb::Permissions user;
    lb::Permissions expected;
  };
  const auto [byDefault, groups, user, expected] = GENERATE(values<Case>({
      {{"*:write"}, {{"*:read"}}, {}, {"*:read"}},
      {{"room:read", "room:presence:write"}, {}, {}, {"*:read"}},
      {{"*:write"}, {{"comments:none"}}, {"*:read"}, {"*:read", "comments:none"}},
      {{"*:read"}, {{"*:read", "storage:write"}, {"*:write", "storage:none"}}, {}, {"*:write"}},
      {{}, {{"*:write"}}, {"*:write", "storage:none"}, {"*:write", "storage:none"}},
      {{"room:read"},
       {{"*:write", "comments:none"}},
       {"*:read", "storage:write"},
       {"*:read", "storage:write", "comments:none"}},
      {{"*:write"}, {{"*:read", "comments:read"}}, {}, {"*:read"}},
      {{}, {{"*:read", "storage:read"}, {"*:read", "storage:write"}}, {}, {"*:read", "storage:write"}},
      {{}, {{"*:read", "storage:write"}, {"*:read", "storage:read"}}, {}, {"*:read", "storage:write"}},
      {{"*:write", "comments:public:none"}, {}, {"comments:read"}, {"*:write", "comments:read"}},
      {{"*:write"},
       {{"comments:none"}, {"comments:private:write"}},
       {},
       {"*:write", "comments:none", "comments:private:write"}},
      {{}, {{"comments:write"}}, {"*:read"}, {"*:read", "comments:write"}},
      {{}, {}, {}, {}},
      {{}, {{"storage:write"}}, {}, {}},
  }));
  lb::Room room;
  room.defaultAccesses = byDefault;
  std::vector<std::string> groupIds = {"not-in-this-room"};
  for (const lb::Permissions& group : groups) {
    groupIds.push_back("group" + std::to_string(groupIds.size()));
    room.groupsAccesses[groupIds.back()] = group;
  }
  if (!user.empty()) room.usersAccesses["ada"] = user;
  room.groupsAccesses["of-others"] = {"*:write", "storage:read"};
  room.usersAccesses["bob"] = {"*:write", "feeds:read"};

  CHECK(textOf(lb::PermissionMatrix::of(room, "ada", groupIds)) == textOf(lb::PermissionMatrix::of(expected)));
}

TEST_CASE("a user who is not named in a room has the default access") {
  lb::Room room;
  room.defaultAccesses = {"*:read"};
  room.usersAccesses["ada"] = lb::FULL_ACCESS;
  CHECK(textOf(lb::PermissionMatrix::of(room, "ad")) == "rrrrrrw");
  CHECK(textOf(lb::PermissionMatrix::of(room, "")) == "rrrrrrw");
  CHECK(textOf(lb::PermissionMatrix::of(room, "ada")) == "wwwwwww");
}

TEST_CASE("matrices are equal when every part is") {
  const auto full = lb::PermissionMatrix::of(lb::FULL_ACCESS);
  CHECK(full == lb::PermissionMatrix::of({"room:write"}));
  lb::PermissionMatrix other = full;
  lb::Access* const part = GENERATE_REF(&other.room, &other.storage, &other.comments, &other.commentsPublic,
                                        &other.commentsPrivate, &other.feeds, &other.personal);
  *part = lb::Access::none;
  CHECK(full != other);
  CHECK_FALSE(full == other);
}
