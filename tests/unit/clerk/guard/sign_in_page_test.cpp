#include "clerk/sign_in_page.hpp"

#include "catch.hpp"

using liveblocks::clerk::detail::SignInOptions;
using liveblocks::clerk::detail::SignInPage;
using liveblocks::clerk::detail::Visitor;
using liveblocks::http::detail::WebUrl;
namespace clerk = liveblocks::clerk;

namespace {

const std::string portal = "https://accounts.example.com/sign-in";
const std::string developmentPortal = "https://foo-bar-13.accounts.dev/sign-in";

struct Row {
  std::string request;
  SignInOptions options;
  Visitor visitor;
  std::string url;
};

WebUrl parsed(const std::string& text) {
  const auto url = WebUrl::parse(text);
  REQUIRE(url);
  return *url;
}

bool contains(SignInOptions options, const std::string& target, const std::string& publicOrigin) {
  const auto path = clerk::detail::readRoutePath(target);
  REQUIRE(path);
  options.publicOrigin = publicOrigin;
  return SignInPage(options).contains(*path);
}

}  // namespace

TEST_CASE("visitors are redirected to the sign-in page, with the way back") {
  const Row row = GENERATE_COPY(values<Row>({
      {"https://app.example.com/dash?q=1&r=a b#h",
       {portal},
       {},
       "https://accounts.example.com/sign-in?redirect_url="
       "https%3A%2F%2Fapp.example.com%2Fdash%3Fq%3D1%26r%3Da%2520b%23h"},
      {"https://app.example.com/dash",
       {"/sign-in"},
       {},
       "https://app.example.com/sign-in?redirect_url=https%3A%2F%2Fapp.example.com%2Fdash"},
      {"https://app.example.com/dash",
       {"/sign-in?x=1&redirect_url=old"},
       {},
       "https://app.example.com/sign-in?x=1&redirect_url=https%3A%2F%2Fapp.example.com%2Fdash"},
      {"https://app.example.com/dash",
       {"https://other.com/login"},
       {"dvb"},
       "https://other.com/login?redirect_url=https%3A%2F%2Fapp.example.com%2Fdash"},
      {"http://localhost:3000/dash",
       {developmentPortal, true},
       {"dvb"},
       "https://foo-bar-13.accounts.dev/sign-in?redirect_url=http%3A%2F%2Flocalhost%3A3000%2Fdash&__clerk_db_jwt=dvb"},
      {"http://localhost:3000/dash",
       {developmentPortal, true},
       {},
       "https://foo-bar-13.accounts.dev/sign-in?redirect_url=http%3A%2F%2Flocalhost%3A3000%2Fdash"},
      {"http://localhost:3000/dash",
       {"/sign-in", true},
       {"dvb"},
       "http://localhost:3000/sign-in?redirect_url=http%3A%2F%2Flocalhost%3A3000%2Fdash"},
      {"https://app.example.com/dash",
       {portal},
       {"", true},
       "https://accounts.example.com/sign-in/tasks?redirect_url=https%3A%2F%2Fapp.example.com%2Fdash"},
      {"https://app.example.com/dash",
       {"/sign-in/?x=1"},
       {"", true},
       "https://app.example.com/sign-in/tasks?x=1&redirect_url=https%3A%2F%2Fapp.example.com%2Fdash"},
      {"https://sat.org/d",
       {"https://app.example.com/sign-in", false, true},
       {},
       "https://app.example.com/sign-in?redirect_url=https%3A%2F%2Fsat.org%2Fd%3F__clerk_synced%3Dfalse"},
      {"https://sat.org/d",
       {"/sign-in", false, true},
       {},
       "https://sat.org/sign-in?redirect_url=https%3A%2F%2Fsat.org%2Fd"},
  }));
  CAPTURE(row.request, row.options.url);
  CHECK(SignInPage(row.options).urlFor(parsed(row.request), row.visitor) == row.url);
}

TEST_CASE("there is no redirect from the sign-in page to itself, nor without a sign-in page") {
  const auto [page, request] = GENERATE(table<std::string, std::string>({
      {"/sign-in", "https://app.example.com/sign-in?x=1"},
      {"/a;b", "https://app.example.com/a;b"},
      {"https://app.example.com/a;b", "https://app.example.com/a;b?redirect_url=x"},
      {"", "https://app.example.com/"},
      {"https://a b/", "https://app.example.com/"},
  }));
  CAPTURE(page, request);
  CHECK_FALSE(SignInPage({page}).urlFor(parsed(request), {}));
}

TEST_CASE("the sign-in page and the paths below it are recognized") {
  const std::string page = GENERATE("/sign-in", "/sign-in/", "/sign-in?x=1#y", "/sign-in#?", "/a/../sign-in",
                                    "https://app.example.com/sign-in");
  CAPTURE(page);
  CHECK(contains({page}, "/sign-in", "https://app.example.com"));
  CHECK(contains({page}, "/sign-in/", "https://app.example.com"));
  CHECK(contains({page}, "/sign%2Din/tasks?x", "https://app.example.com"));
  CHECK_FALSE(contains({page}, "/sign-in2", "https://app.example.com"));
  CHECK_FALSE(contains({page}, "/sign", "https://app.example.com"));
  CHECK_FALSE(contains({page}, "/Sign-in", "https://app.example.com"));
  CHECK(contains({page, false, false, false}, "/Sign-in", "https://app.example.com"));
}

TEST_CASE("a sign-in page of another origin, or without one, does not belong to the application") {
  CHECK_FALSE(contains({"https://other.example/sign-in"}, "/sign-in", "https://app.example.com"));
  CHECK_FALSE(contains({"http://app.example.com/sign-in"}, "/sign-in", "https://app.example.com"));
  CHECK_FALSE(contains({"https://app.example.com/sign-in"}, "/sign-in", ""));
  CHECK(contains({"/sign-in"}, "/sign-in", ""));
  CHECK_FALSE(contains({""}, "/", ""));
}

TEST_CASE("a sign-in page at the root makes nothing else public") {
  const std::string page = GENERATE("/", "https://app.example.com", "https://app.example.com/?x");
  CAPTURE(page);
  CHECK(contains({page}, "/", "https://app.example.com"));
  CHECK_FALSE(contains({page}, "/dash", "https://app.example.com"));
}
