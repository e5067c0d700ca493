#include "http/curl/response.hpp"

#include <string>

#include "catch.hpp"

namespace curl = liveblocks::http::curl;
using liveblocks::Errc;

namespace {

bool addLines(curl::Answer& answer, std::initializer_list<const char*> lines) {
  for (const char* line : lines) {
    if (!answer.addHeaderLine(std::string(line) + "\r\n")) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("an answer is put together from its lines") {
  curl::Answer answer(100);
  REQUIRE(
      addLines(answer, {"HTTP/1.1 201 Created", "Content-Type: text/plain", "X-Empty:", "x-spaced: \t a b \t", ""}));
  REQUIRE(answer.addBody("one "));
  REQUIRE(answer.addBody("two"));
  const auto response = answer.finish().value();
  CHECK(response.status == 201);
  REQUIRE(response.headers.size() == 3);
  CHECK(response.headers[0].name == "Content-Type");
  CHECK(response.headers[1].value.empty());
  CHECK(response.headers[2].value == "a b");
  CHECK(response.body == "one two");
}

TEST_CASE("an interim answer makes way for the final one") {
  curl::Answer answer(0);
  REQUIRE(addLines(answer, {"HTTP/1.1 103 Early Hints", "Link: </x>", "", "HTTP/1.1 204 No Content", "X-Y: z", ""}));
  const auto response = answer.finish().value();
  CHECK(response.status == 204);
  CHECK(response.headers.size() == 1);
}

TEST_CASE("an HTTP/2 status line has no reason") {
  curl::Answer answer(0);
  REQUIRE(addLines(answer, {"HTTP/2 404 ", ""}));
  CHECK(answer.finish().value().status == 404);
}

TEST_CASE("trailers are left out") {
  curl::Answer answer(0);
  REQUIRE(addLines(answer, {"HTTP/1.1 200 OK", "", "X-Trailer: 1", "HTTP/1.1 500 Odd", "no colon", ""}));
  const auto response = answer.finish().value();
  CHECK(response.status == 200);
  CHECK(response.headers.empty());
}

TEST_CASE("an answer without a final status is cut") {
  curl::Answer answer(0);
  REQUIRE(addLines(answer, {"HTTP/1.1 100 Continue", ""}));
  CHECK(answer.finish().error().code == Errc::reset);
}

TEST_CASE("a header section without an end is cut") {
  curl::Answer answer(0);
  REQUIRE(addLines(answer, {"HTTP/1.1 200 OK", "A: b"}));
  CHECK(answer.finish().error().code == Errc::reset);
}

TEST_CASE("a header section that is not HTTP is refused") {
  const auto [isFirst, line] = GENERATE(table<bool, std::string>({
      {true, "HTTP/1.1"},
      {true, "HTTP/1.1 2x0 OK"},
      {true, "HTTP/1.1 20"},
      {true, "HTTP/1.1 2000 OK"},
      {true, "X: y"},
      {false, "HTTP/1.1 200 OK"},
      {false, "HTTP/1.1 500 Y: z"},
      {false, "no colon"},
      {false, ": no name"},
      {false, "Bad Name: x"},
      {false, "Bad-Name : x"},
      {false, "Bad\x80Name: x"},
      {false, "Bad(Name): x"},
      {false, " folded: x"},
      {false, "\tfolded"},
      {false, "\rX: y"},
      {false, "X: a\rY: b"},
      {false, "X: a\r"},
      {false, "X: a\nY: b"},
      {false, std::string("X: a\0b", 6)},
      {false, std::string("X\0: b", 5)},
  }));
  CAPTURE(line);
  curl::Answer answer(0);
  if (!isFirst) REQUIRE(addLines(answer, {"HTTP/1.1 200 OK"}));
  CHECK_FALSE(answer.addHeaderLine(line + "\r\n"));
  REQUIRE(answer.failure());
  CHECK(answer.failure()->code == Errc::upstream);
}

TEST_CASE("an answer whose length can be read in two ways is refused") {
  const auto [first, second, taken] = GENERATE(table<const char*, const char*, bool>({
      {"Content-Length: 2", "content-length: 2", true},
      {"Content-Length: 2", "content-length: 3", false},
      {"Content-Length: 2, 2", "X: y", false},
      {"Content-Length: 0x2", "X: y", false},
      {"Content-Length: -2", "X: y", false},
      {"Content-Length: +2", "X: y", false},
      {"Content-Length:", "X: y", false},
      {"Transfer-Encoding: chunked", "X: y", true},
      {"Transfer-Encoding: Chunked", "X: y", true},
      {"Transfer-Encoding: chunked", "Transfer-Encoding: chunked", false},
      {"Transfer-Encoding: chunked", "Content-Length: 2", false},
      {"Content-Length: 2", "Transfer-Encoding: chunked", false},
      {"Content-Length: 2", "transfer-encoding: identity", false},
      {"Transfer-Encoding: identity", "X: y", false},
      {"Transfer-Encoding: gzip, chunked", "X: y", false},
      {"Transfer-Encoding: xchunked", "X: y", false},
      {"Transfer-Encoding: \"chunked\"", "X: y", false},
      {"Transfer-Encoding:", "X: y", false},
  }));
  CAPTURE(first, second);
  curl::Answer answer(10);
  CHECK(addLines(answer, {"HTTP/1.1 200 OK", first, second}) == taken);
  CHECK(answer.failure().has_value() != taken);
}

TEST_CASE("an interim answer that claims a body is refused") {
  const std::string line = GENERATE("Content-Length: 0", "Content-Length: 5", "Transfer-Encoding: chunked");
  curl::Answer answer(10);
  REQUIRE(addLines(answer, {"HTTP/1.1 100 Continue"}));
  CHECK_FALSE(answer.addHeaderLine(line + "\r\n"));
  CHECK(answer.failure()->code == Errc::upstream);
}

TEST_CASE("lines may end with a line feed alone") {
  curl::Answer answer(0);
  for (const char* line : {"HTTP/1.1 200 OK\n", "A: b\n", "\n"}) REQUIRE(answer.addHeaderLine(line));
  CHECK(answer.finish().value().headers.at(0).value == "b");
}

TEST_CASE("the number of header fields is bounded") {
  curl::Answer answer(0);
  REQUIRE(addLines(answer, {"HTTP/1.1 200 OK"}));
  for (std::size_t i = 0; i < curl::maxHeaderFields; ++i) REQUIRE(answer.addHeaderLine("a: b\r\n"));
  CHECK_FALSE(answer.addHeaderLine("a: b\r\n"));
  CHECK(answer.failure()->code == Errc::tooLarge);
}

TEST_CASE("the bytes of all header lines together are bounded") {
  curl::Answer answer(0);
  REQUIRE(addLines(answer, {"HTTP/1.1 100 Continue", "", "HTTP/1.1 200 OK"}));
  const std::size_t sofar = 23 + 2 + 17;
  const std::string rest = "a: " + std::string(curl::maxHeaderBytes - sofar - 5, 'x') + "\r\n";
  CHECK(answer.addHeaderLine(rest));
  CHECK_FALSE(answer.addHeaderLine("\n"));
  CHECK(answer.failure()->code == Errc::tooLarge);
}

TEST_CASE("the body is bounded") {
  const auto [limit, taken] = GENERATE(table<std::size_t, bool>({{0, false}, {9, false}, {10, true}, {11, true}}));
  CAPTURE(limit);
  curl::Answer answer(limit);
  CHECK((answer.addBody("12345") && answer.addBody("67890")) == taken);
  CHECK(answer.failure().has_value() != taken);
  if (!taken) CHECK(answer.failure()->code == Errc::tooLarge);
}
