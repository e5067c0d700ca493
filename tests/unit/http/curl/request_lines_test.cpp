#include "http/curl/request.hpp"

#include "catch.hpp"

namespace curl = liveblocks::http::curl;
using liveblocks::Errc;
using liveblocks::http::Request;
using namespace std::string_literals;

namespace {

std::vector<std::string> linesOf(const Request& request) {
  curl::RequestLines lines;
  lines.assign(request);
  std::vector<std::string> result;
  for (const curl_slist* node = lines.list(); node != nullptr; node = node->next) result.emplace_back(node->data);
  return result;
}

}  // namespace

TEST_CASE("header lines take the form libcurl reads") {
  CHECK(linesOf({"GET", "", {{"Content-Type", "text/plain"}, {"X-A", " b "}, {"X-Empty", " "}}, {}}) ==
        std::vector<std::string>{"Expect:", "Content-Type: text/plain", "X-A: b", "X-Empty;"});
}

TEST_CASE("libcurl's own content type is switched off") {
  CHECK(linesOf({"POST", "", {}, "x"}) == std::vector<std::string>{"Expect:", "Content-Type:"});
}

TEST_CASE("many long lines stay where they are") {
  Request request{"GET", "", {}, {}};
  for (int i = 0; i < 50; ++i) request.headers.push_back({"X-" + std::to_string(i), std::string(500, 'v')});
  const std::vector<std::string> lines = linesOf(request);
  REQUIRE(lines.size() == 52);
  CHECK(lines[1] == "X-0: " + std::string(500, 'v'));
  CHECK(lines[50] == "X-49: " + std::string(500, 'v'));
}

TEST_CASE("an honest request is let through") {
  CHECK_FALSE(
      curl::checkRequest({"POST", "", {{"Authorization", "Bearer a\tb \xC3\xA4"}, {"x!#$%&'*+-.^_`|~1", ""}}, "b"}));
}

TEST_CASE("a request that could break the framing of the message is refused") {
  const Request request = GENERATE(values<Request>({
      {"", "", {}, {}},
      {"GET /", "", {}, {}},
      {"GET\r\n", "", {}, {}},
      {"HEAD", "", {}, "body"},
      {"GET", "", {{"", "x"}}, {}},
      {"GET", "", {{"A B", "x"}}, {}},
      {"GET", "", {{"A:", "x"}}, {}},
      {"GET", "", {{"A\r\nB", "x"}}, {}},
      {"GET", "", {{"A", "x\r\nB: y"}}, {}},
      {"GET", "", {{"A", "x\n"}}, {}},
      {"GET", "", {{"A", "x\0y"s}}, {}},
      {"GET", "", {{"A", "x\x7F"}}, {}},
      {"GET", "", {{"host", "other.example"}}, {}},
      {"POST", "", {{"Content-Length", "1"}}, "body"},
      {"POST", "", {{"transfer-encoding", "chunked"}}, "body"},
      {"POST", "", {{"Expect", "100-continue"}}, "body"},
      {"GET", "", {{"Connection", "close"}}, {}},
      {"GET", "", {{"Upgrade", "websocket"}}, {}},
  }));
  const auto error = curl::checkRequest(request);
  REQUIRE(error);
  CHECK(error->code == Errc::invalidRequest);
}

TEST_CASE("a refusal does not repeat the value") {
  const auto error = curl::checkRequest({"GET", "", {{"Authorization", "Bearer sk_secret\n"}}, {}});
  REQUIRE(error);
  CHECK_THAT(error->message, ContainsSubstring("Authorization") && !ContainsSubstring("sk_secret"));
}
