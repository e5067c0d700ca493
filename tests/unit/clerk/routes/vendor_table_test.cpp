/// The behaviours of the vendor's matcher that were found by asking it, by number, with what ours makes of them. Where
/// the two differ ours is false.
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"
#include "clerk/route_path.hpp"
#include "clerk/route_pattern.hpp"

namespace clerk = liveblocks::clerk;

namespace {

struct Row {
  std::string number;
  std::string pattern;
  std::string path;
  bool theirs;
  bool ours;
};

bool matches(const Row& row) {
  const auto path = clerk::detail::readRoutePath(row.path);
  return path && clerk::detail::RoutePatterns({row.pattern}, false).match(*path);
}

// clang-format off
const std::vector<Row> rows = {
    {"M01", "/foo", "/foo", true, true},
    {"M01", "/foo", "/foo/", true, true},
    {"M01", "/foo", "/foo//", true, false},
    {"M01", "/foo", "/FOO", true, true},
    {"M01", "/foo", "/fo%6f", true, true},
    {"M01", "/foo", "//foo", true, false},
    {"M02", "/foo", "/foo/bar", false, false},
    {"M02", "/foo", "/foobar", false, false},
    {"M03", "/foo/", "/foo", false, false},
    {"M03", "/foo/", "/foo/", true, true},
    {"M03", "/foo/", "/foo//", true, false},
    {"M04", "/dashboard(.*)", "/dashboard", true, true},
    {"M04", "/dashboard(.*)", "/dashboard/", true, true},
    {"M04", "/dashboard(.*)", "/dashboard/a/b", true, true},
    {"M04", "/dashboard(.*)", "/dashboardxyz", true, false},
    {"M04", "/dashboard(.*)", "/Dashboard/x", true, true},
    {"M05", "/dashboard(.*)", "/a/dashboard", false, false},
    {"M06", "/dashboard/(.*)", "/dashboard", false, false},
    {"M07", "/dashboard/(.*)", "/dashboard/", true, true},
    {"M07", "/dashboard/(.*)", "/dashboard/a/b", true, true},
    {"M08", "/dashboard/:path*", "/dashboard", true, true},
    {"M08", "/dashboard/:path*", "/dashboard/", true, true},
    {"M08", "/dashboard/:path*", "/dashboard/a/b", true, true},
    {"M09", "/dashboard/:path*", "/dashboardxyz", false, false},
    {"M10", "/dashboard/:path+", "/dashboard", false, false},
    {"M10", "/dashboard/:path+", "/dashboard/a/b", true, true},
    {"M11", "/dashboard/:path?", "/dashboard/a", true, true},
    {"M11", "/dashboard/:path?", "/dashboard/a/b", false, false},
    {"M12", "/:path*", "/", true, true},
    {"M12", "/:path*", "/a/b", true, true},
    {"M13", "/user/:id", "/user/1", true, true},
    {"M13", "/user/:id", "/user/a.b", true, true},
    {"M13", "/user/:id", "/user/a%2Fb", true, false},
    {"M14", "/user/:id", "/user", false, false},
    {"M14", "/user/:id", "/user/", false, false},
    {"M14", "/user/:id", "/user/1/2", false, false},
    {"M14", "/user/:id", "/user/a#b", false, false},
    {"M15", "/user/:id(\\d+)", "/user/1", true, true},
    {"M15", "/user/:id(\\d+)", "/user/a", false, false},
    {"M16", "/(api|trpc)(.*)", "/api", true, true},
    {"M16", "/(api|trpc)(.*)", "/api/x", true, true},
    {"M16", "/(api|trpc)(.*)", "/trpcx", true, false},
    {"M16", "/(api|trpc)(.*)", "/ap", false, false},
    {"M18", "/", "/", true, true},
    {"M18", "/", "//", true, false},
    {"M18", "/", "", false, false},
    {"M18", "/", "/a", false, false},
    {"M22", "/a{/b}?", "/a", true, true},
    {"M22", "/a{/b}?", "/a/b", true, true},
    {"M23", "/:a-:b", "/x-y", true, true},
    {"M23", "/:a-:b", "/x", false, false},
    {"M24", "/a.b", "/a.b", true, true},
    {"M24", "/a.b", "/axb", false, false},
    {"M25", "/files/(.*)", "/files/../secret", true, false},
    {"M25", "/files/(.*)", "/files/%2e%2e/secret", true, false},
    {"M25", "/files/(.*)", "/files/a%5Cb", true, false},
    {"M26", "/api/admin(.*)", "/api/%61dmin", true, true},
    {"M26", "/api/admin(.*)", "/api//admin", true, false},
    {"M26", "/api/admin(.*)", "/api/admin;x", true, false},
    {"M26", "/api/admin(.*)", "/api/admin%00", true, false},
    {"M26", "/api/admin(.*)", "/API/ADMIN", true, true},
    {"M27", "/api/admin(.*)", "/api/%2561dmin", false, false},
    {"M27", "/api/admin(.*)", "/api%2Fadmin", false, false},
    {"M27", "/api/admin(.*)", "/api/./admin", false, false},
    {"M27", "/api/admin(.*)", "/public/../api/admin", false, false},
    {"M28", "/api/admin(.*)", "/api/%zz", false, false},
    {"M28", "/api/admin(.*)", "/%", false, false},
    {"M29", "/admin(.*)", "/admin/%0Ax", false, false},
    {"M29", "/admin(.*)", "/admin/x%0A", false, false},
    {"M29", "/admin(.*)", "/admin%0A", false, false},
    {"M29", "/admin(.*)", "/admin/%0Dx", false, false},
    {"M29", "/admin(.*)", "/admin/%E2%80%A8x", false, false},
    {"M30", "/admin/:path*", "/admin/%0Ax", true, false},
    {"M30", "/admin/:path*", "/admin/a%0Ab", true, false},
    {"M30", "/admin/:path*", "/admin/a%23b", true, false},
    {"M30", "/admin/:path*", "/admin/a%3Fb", true, false},
    {"M30", "/admin/:path*", "/admin//a", true, false},
    {"M31", "/admin", "/admin%0A", false, false},
    {"M32", "/api/admin(.*)", "/api/admin/%E6%97%A5", true, true},
    {"M32", "/api/admin(.*)", "/api/admin%5Cfoo", true, false},
};
// clang-format on

}  // namespace

TEST_CASE("what the vendor's matcher is known to do is done, or refused") {
  for (const Row& row : rows) {
    CAPTURE(row.number, row.pattern, row.path);
    CHECK(matches(row) == row.ours);
    CHECK((row.theirs || !row.ours));
  }
}

TEST_CASE("M17, M19, M21: patterns that the vendor takes and that are refused") {
  const std::string pattern = GENERATE("/((?!api|trpc))(_next.*|.+\\.[\\w]+$)", "", "foo");
  CAPTURE(pattern);
  CHECK_THROWS_AS(clerk::detail::RoutePatterns({pattern}, false), std::invalid_argument);
}

TEST_CASE("M19, M20: any of a list matches, and nothing of an empty one") {
  const auto [path, expected] =
      GENERATE(table<std::string, bool>({{"/a", true}, {"/b", true}, {"/b/x", true}, {"/bx", false}, {"/c", false}}));
  CAPTURE(path);
  const auto read = clerk::detail::readRoutePath(path);
  REQUIRE(read);
  CHECK(clerk::detail::RoutePatterns({"/a", "/b(.*)"}, false).match(*read) == expected);
  CHECK_FALSE(clerk::detail::RoutePatterns({}, false).match(*read));
}
