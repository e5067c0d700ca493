#include <liveblocks/http/request_view.hpp>

#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include <liveblocks/http/message.hpp>

#include "catch.hpp"

using liveblocks::http::ReceivedRequest;
using liveblocks::http::RequestView;
using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;

namespace {

/// As the fields of frameworks whose headers are objects.
class Field {
 public:
  Field(std::string name, std::string value) : name_(std::move(name)), value_(std::move(value)) {}
  const std::string& name() const { return name_; }
  const std::string& value() const { return value_; }

 private:
  std::string name_;
  std::string value_;
};

/// A string class of a framework that does not convert to std::string_view.
class OwnString {
 public:
  explicit OwnString(const char* text) : text_(text) {}
  const char* data() const { return text_.data(); }
  int size() const { return static_cast<int>(text_.size()); }

 private:
  std::string text_;
};

template <class Fields>
Pairs headersOf(const Fields& fields) {
  return RequestView::from("GET", "/", fields).headers;
}

}  // namespace

TEST_CASE("a view borrows method, target and body of any string class") {
  const std::string method = "POST";
  const OwnString target("/api?room=1");
  const std::vector<char> body{'{', '}'};
  const Pairs none;
  const RequestView view = RequestView::from(method, target, none, body);
  CHECK(view.method.data() == method.data());
  CHECK(view.url == "/api?room=1");
  CHECK(view.url.data() == target.data());
  CHECK(view.headers.empty());
  CHECK(view.body == "{}");
  CHECK(view.body.data() == body.data());
  CHECK(RequestView::from("GET", std::string_view("/x").substr(0, 1), none).url == "/");
  CHECK(RequestView::from(static_cast<const char*>(nullptr), "/", none).method.empty());
}

TEST_CASE("headers come from every shape of range that frameworks have") {
  const Pairs inOrder{{"cookie", "a=1"}, {"cookie", "b=2"}, {"host", "example.com"}};
  const std::vector<std::pair<std::string, std::string>> pairs{
      {"cookie", "a=1"}, {"cookie", "b=2"}, {"host", "example.com"}};
  CHECK(headersOf(pairs) == inOrder);
  CHECK(headersOf(std::multimap<std::string, std::string>(pairs.begin(), pairs.end())) == inOrder);
  CHECK(headersOf(std::vector<Field>{{"cookie", "a=1"}, {"cookie", "b=2"}, {"host", "example.com"}}) == inOrder);
  CHECK(headersOf(std::vector<liveblocks::http::Header>{
            {"cookie", "a=1"}, {"cookie", "b=2"}, {"host", "example.com"}}) == inOrder);
  CHECK(headersOf(Pairs(inOrder)) == inOrder);
  // NOLINTNEXTLINE(modernize-avoid-c-arrays): that kind of range is what is tested.
  const std::pair<const char*, OwnString> array[] = {{"host", OwnString("example.com")}};
  CHECK(headersOf(array) == Pairs{{"host", "example.com"}});
}

TEST_CASE("headers come from a map in the way of Drogon") {
  const std::unordered_map<std::string, std::string> headers{{"authorization", "Bearer t"}, {"host", "example.com"}};
  const RequestView view = RequestView::from("GET", "/", headers);
  CHECK(view.headers.size() == 2);
  CHECK(findHeader(view, "Authorization") == "Bearer t");
  CHECK(findHeader(view, "Host") == "example.com");
  CHECK(findHeader(view, "host")->data() == headers.at("host").data());
}

TEST_CASE("a received request owns what it was copied from") {
  ReceivedRequest owned;
  {
    const std::string text = "a text that is longer than any small buffer of a string";
    owned = ReceivedRequest::copyOf({text, text, {{text, text}, {text, text}}, text});
  }
  const std::string_view text = owned.body;
  const RequestView view = owned.view();
  CHECK(view.method == text);
  CHECK(view.url == text);
  CHECK(view.headers == Pairs{{text, text}, {text, text}});
  CHECK(view.body.data() == owned.body.data());
}

TEST_CASE("a received request can be passed where a view is taken") {
  const ReceivedRequest owned{"GET", "/", {{"Host", "example.com"}}};
  const auto hostOf = [](const RequestView& request) { return std::string(findHeader(request, "host").value_or("")); };
  CHECK(hostOf(owned) == "example.com");
  static_assert(std::is_convertible_v<const ReceivedRequest&, RequestView>);
  static_assert(!std::is_convertible_v<ReceivedRequest, RequestView>);
}

namespace {

template <class Url, class Fields, class = void>
constexpr bool canBeViewed = false;
template <class Url, class Fields>
constexpr bool canBeViewed<
    Url, Fields, std::void_t<decltype(RequestView::from("GET", std::declval<Url>(), std::declval<Fields>()))>> = true;

}  // namespace

TEST_CASE("temporary strings and header fields cannot be viewed") {
  using Fields = std::multimap<std::string, std::string>;
  STATIC_REQUIRE(canBeViewed<const std::string&, const Fields&>);
  STATIC_REQUIRE(canBeViewed<std::string_view, const Fields&>);
  STATIC_REQUIRE(canBeViewed<const char*, const Fields&>);
  STATIC_REQUIRE_FALSE(canBeViewed<std::string, const Fields&>);
  STATIC_REQUIRE_FALSE(canBeViewed<const std::string&, Fields>);
}
