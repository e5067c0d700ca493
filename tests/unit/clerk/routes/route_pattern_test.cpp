#include "clerk/route_pattern.hpp"

#include "catch.hpp"

namespace clerk = liveblocks::clerk;

namespace {

bool matches(const std::string& pattern, const std::string& target, bool caseSensitive = true) {
  const auto path = clerk::detail::readRoutePath(target);
  return path && clerk::detail::RoutePattern(pattern, caseSensitive).matches(*path);
}

struct Row {
  std::string pattern;
  std::vector<std::string> matching;
  std::vector<std::string> others;
};

void check(const Row& row) {
  CAPTURE(row.pattern);
  for (const std::string& target : row.matching) {
    CAPTURE(target);
    CHECK(matches(row.pattern, target));
  }
  for (const std::string& target : row.others) {
    CAPTURE(target);
    CHECK_FALSE(matches(row.pattern, target));
  }
}

}  // namespace

TEST_CASE("patterns mean what they mean to path-to-regexp") {
  check(GENERATE(values<Row>({
      {"/foo", {"/foo", "/foo/", "/fo%6f", "/foo?x=1"}, {"/foo/bar", "/foobar", "/", "/fo"}},
      {"/foo/", {"/foo/"}, {"/foo"}},
      {"/dashboard/(.*)", {"/dashboard/", "/dashboard/a", "/dashboard/a/b"}, {"/dashboard"}},
      {"/dashboard/:path*",
       {"/dashboard", "/dashboard/", "/dashboard/a", "/dashboard/a/b", "/dashboard/a/b/"},
       {"/dashboardxyz"}},
      {"/dashboard/:path+", {"/dashboard/a", "/dashboard/a/b"}, {"/dashboard"}},
      {"/dashboard/:path?", {"/dashboard", "/dashboard/a"}, {"/dashboard/a/b"}},
      {"/:path*", {"/", "/a", "/a/b"}, {}},
      {"/user/:id", {"/user/1", "/user/a.b"}, {"/user", "/user/", "/user/1/2"}},
      {"/user/:id(\\d+)", {"/user/1", "/user/123/"}, {"/user/a", "/user/1a"}},
      {"/", {"/"}, {"/a"}},
      {"/a{/b}?", {"/a", "/a/b"}, {"/a/b/b", "/b"}},
      {"/a{/b}*", {"/a", "/a/b", "/a/b/b"}, {"/a/c"}},
      {"/a{/b}+", {"/a/b", "/a/b/b"}, {"/a"}},
      {"/:a-:b", {"/x-y", "/x-y-z", "/x--y"}, {"/x", "/-y", "/x-"}},
      {"/:a:b(\\d)", {"/x1"}, {"/x", "/1"}},
      {"/:file.:type", {"/a.b", "/a.b.c"}, {"/a", "/a.", "/.a"}},
      {"/{:a-}?b", {"/b", "/x-b"}, {"/-b", "/xb"}},
      {"/{:a,}+b", {"/x,b", "/x,y,b"}, {"/b"}},
      {"/a.b", {"/a.b"}, {"/axb"}},
      {"/\\:a\\(b\\)", {"/:a(b)"}, {"/x"}},
      {"/a)", {"/a)"}, {"/a"}},
      {"/(a|bc)/x", {"/a/x", "/bc/x"}, {"/abc/x", "/ab/x"}},
      {"/(a(?:b|c)*d?)", {"/a", "/abcbd"}, {"/ad/d", "/abdd", "/bd"}},
      {"/(a+?b?"
       "?)",
       {"/aaa", "/ab"},
       {"/b", "/abb"}},
      {"/:year(\\d{4})/:n([a-f]{1,2})/:rest(x{2,})",
       {"/2024/a/xx", "/2024/fe/xxxx"},
       {"/202/a/xx", "/20245/a/xx", "/2024/abc/xx", "/2024/a/x"}},
      {"/([\\w.-]+)", {"/a_b-c.d"}, {"/a:b", "/a b"}},
      {"/([^a-c\\d]+)", {"/xyz"}, {"/xaz", "/xAz", "/x1"}},
      {"/([a-c\\d-\\s])", {"/b", "/7", "/-", "/%20"}, {"/d", "/."}},
      {"/(a\\sb)", {"/a%20b"}, {"/a-b", "/asb"}},
      {"/(\\S\\D\\W)", {"/aa-"}, {"/%20a-", "/a1-", "/aaa"}},
      {"/([a\\]-])", {"/a", "/]", "/-"}, {"/b"}},
      {"/\u65e5/(.)", {"/%E6%97%A5/x"}, {"/%E6%97%A5/%F0%9F%98%80"}},
      {"(/a|/b)", {"/a", "/b/"}, {"/c"}},
  })));
}

TEST_CASE("an ending (.*) is a subtree that begins at the end of a segment") {
  check(GENERATE(values<Row>({
      {"/dashboard(.*)", {"/dashboard", "/dashboard/", "/dashboard/a/b"}, {"/dashboardxyz", "/a/dashboard", "/d"}},
      {"/dashboard(.*)?", {"/dashboard", "/dashboard/a"}, {"/dashboardxyz"}},
      {"/dashboard{(.*)}", {"/dashboard", "/dashboard/a"}, {"/dashboardxyz"}},
      {"/(api|trpc)(.*)", {"/api", "/api/x", "/trpc"}, {"/ap", "/trpcx"}},
      {"/:tenant(.*)", {"/a", "/a/b"}, {}},
      {"/x/:tenant(\\w+)(.*)", {"/x/a", "/x/a/b"}, {"/x/a-b"}},
      {"(.*)", {"/", "/a/b"}, {}},
      {"/blog-:rest(.*)", {"/blog-", "/blog-a/b"}, {"/blog"}},
  })));
}

TEST_CASE("a path that routers may read in different ways matches nothing") {
  const std::string pattern = GENERATE("(.*)", "/(.*)", "/:path*", "/admin(.*)", "/files/(.*)");
  const std::string target =
      GENERATE("/files/../secret", "/files/%2e%2e/secret", "/files/a%5Cb", "/admin;x", "/admin%00", "/admin//x",
               "//admin", "/admin//", "/admin%2Fx", "/admin/.", "/%zz", "/%2561dmin");
  CAPTURE(pattern, target);
  CHECK_FALSE(matches(pattern, target));
}

TEST_CASE("GHSA-vqx2-fgx2-5wq9: doubled and encoded slashes do not lead around a pattern") {
  const std::string target = GENERATE("//public/admin", "/public//admin", "/public%2Fadmin", "/public/%2Fadmin",
                                      "/public%2fadmin", "/%2Fpublic", "/public%252Fadmin", "/public/..%2Fadmin");
  CAPTURE(target);
  CHECK_FALSE(matches("/public(.*)", target));
  CHECK_FALSE(matches("/:path*", target));
}

TEST_CASE("M29: line ends neither match nor hide what follows them") {
  const std::string target =
      GENERATE("/admin/%0Ax", "/admin/x%0A", "/admin%0A", "/admin/%0Dx", "/admin/%E2%80%A8x", "/admin/%E2%80%A9");
  const std::string pattern = GENERATE("/admin", "/admin(.*)", "/admin/:path*", "/admin/(\\s*x?)", "/(.*)");
  CAPTURE(pattern, target);
  CHECK_FALSE(matches(pattern, target));
}

TEST_CASE("escaped delimiters must match in both readings") {
  CHECK(matches("/tag/(.*)", "/tag/c%23"));
  CHECK(matches("/user/:id", "/user/a%40example.com"));
  CHECK_FALSE(matches("/user/:id", "/user/a%3Fb"));
  CHECK_FALSE(matches("/([^:]+)", "/a%3Ab"));
  CHECK_FALSE(matches("/a\\:b", "/a%3Ab"));
}

TEST_CASE("case matters unless it is told not to") {
  CHECK_FALSE(matches("/About", "/about"));
  CHECK_FALSE(matches("/([a-c]+)", "/aBc"));
  CHECK(matches("/About", "/aBOUT", false));
  CHECK(matches("/([a-c]+)", "/aBc", false));
  CHECK_FALSE(matches("/([a-c]+)", "/aBd", false));
  CHECK_FALSE(matches("/\u00e9", "/%C3%89", false));
}

TEST_CASE("excluded letters are excluded in both cases") {
  const bool caseSensitive = GENERATE(true, false);
  CHECK_FALSE(matches("/([^x]+)", "/aXb", caseSensitive));
  CHECK_FALSE(matches("/{:a}x{:b}", "/1x2X", caseSensitive));
}

TEST_CASE("a pattern takes no longer than its size times the path's") {
  const std::string target = "/" + std::string(4000, 'a') + "!";
  CHECK_FALSE(matches("/((?:a*)*b)", target));
  CHECK_FALSE(matches("/((?:a|a|aa)+b)", target));
  CHECK_FALSE(matches("/((?:a?){200}a{200}b)", "/" + std::string(200, 'a')));
}
