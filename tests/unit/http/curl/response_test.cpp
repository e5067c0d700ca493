#include "http/curl/response.hpp"

#include <string>

#include "catch.hpp"

namespace curl = liveblocks::http::curl;
using liveblocks::Errc;

namespace {

bool addLines(curl::ResponseReader& reader, std::initializer_list<const char*> lines) {
  for (const char* line : lines) {
    if (!reader.addHeaderLine(std::string(line) + "\r\n")) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a response is put together from its lines") {
  curl::ResponseReader reader(100);
  REQUIRE(
      addLines(reader, {"HTTP/1.1 201 Created", "Content-Type: text/plain", "X-Empty:", "x-spaced: \t a b \t", ""}));
  REQUIRE(reader.addBody("one "));
  REQUIRE(reader.addBody("two"));
  const auto response = reader.finish().value();
  CHECK(response.status == 201);
  REQUIRE(response.headers.size() == 3);
  CHECK(response.headers[0].name == "Content-Type");
  CHECK(response.headers[1].value.empty());
  CHECK(response.headers[2].value == "a b");
  CHECK(response.body == "one two");
}

TEST_CASE("an interim response makes way for the final one") {
  curl::ResponseReader reader(0);
  REQUIRE(addLines(reader, {"HTTP/1.1 103 Early Hints", "Link: </x>", "", "HTTP/1.1 204 No Content", "X-Y: z", ""}));
  const auto response = reader.finish().value();
  CHECK(response.status == 204);
  CHECK(response.headers.size() == 1);
}

TEST_CASE("an HTTP/2 status line has no reason") {
  curl::ResponseReader reader(0);
  REQUIRE(addLines(reader, {"HTTP/2 404 ", ""}));
  CHECK(reader.finish().value().status == 404);
}

TEST_CASE("trailers are left out") {
  curl::ResponseReader reader(0);
  REQUIRE(addLines(reader, {"HTTP/1.1 200 OK", "", "X-Trailer: 1", "HTTP/1.1 500 Odd", "no colon", ""}));
  const auto response = reader.finish().value();
  CHECK(response.status == 200);
  CHECK(response.headers.empty());
}

TEST_CASE("a response without a final status is cut") {
  curl::ResponseReader reader(0);
  REQUIRE(addLines(reader, {"HTTP/1.1 100 Continue", ""}));
  CHECK(reader.finish().error().code == Errc::reset);
}

TEST_CASE("a header section without an end is cut") {
  curl::ResponseReader reader(0);
  REQUIRE(addLines(reader, {"HTTP/1.1 200 OK", "A: b"}));
  CHECK(reader.finish().error().code == Errc::reset);
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
  curl::ResponseReader reader(0);
  if (!isFirst) REQUIRE(addLines(reader, {"HTTP/1.1 200 OK"}));
  CHECK_FALSE(reader.addHeaderLine(line + "\r\n"));
  REQUIRE(reader.failure());
  CHECK(reader.failure()->code == Errc::upstream);
}

TEST_CASE("a response whose length can be read in two ways is refused") {
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
  curl::ResponseReader reader(10);
  CHECK(addLines(reader, {"HTTP/1.1 200 OK", first, second}) == taken);
  CHECK(reader.failure().has_value() != taken);
}

TEST_CASE("an interim response that claims a body is refused") {
  const std::string line = GENERATE("Content-Length: 0", "Content-Length: 5", "Transfer-Encoding: chunked");
  curl::ResponseReader reader(10);
  REQUIRE(addLines(reader, {"HTTP/1.1 100 Continue"}));
  CHECK_FALSE(reader.addHeaderLine(line + "\r\n"));
  CHECK(reader.failure()->code == Errc::upstream);
}

TEST_CASE("lines may end with a line feed alone") {
  curl::ResponseReader reader(0);
  for (const char* line : {"HTTP/1.1 200 OK\n", "A: b\n", "\n"}) REQUIRE(reader.addHeaderLine(line));
  CHECK(reader.finish().value().headers.at(0).value == "b");
}

TEST_CASE("the number of header fields is bounded") {
  curl::ResponseReader reader(0);
  REQUIRE(addLines(reader, {"HTTP/1.1 200 OK"}));
  for (std::size_t i = 0; i < curl::maxHeaderFields; ++i) REQUIRE(reader.addHeaderLine("a: b\r\n"));
  CHECK_FALSE(reader.addHeaderLine("a: b\r\n"));
  CHECK(reader.failure()->code == Errc::tooLarge);
}

TEST_CASE("the bytes of all header lines together are bounded") {
  curl::ResponseReader reader(0);
  REQUIRE(addLines(reader, {"HTTP/1.1 100 Continue", "", "HTTP/1.1 200 OK"}));
  const std::size_t sofar = 23 + 2 + 17;
  const std::string rest = "a: " + std::string(curl::maxHeaderBytes - sofar - 5, 'x') + "\r\n";
  CHECK(reader.addHeaderLine(rest));
  CHECK_FALSE(reader.addHeaderLine("\n"));
  CHECK(reader.failure()->code == Errc::tooLarge);
}

TEST_CASE("the body is bounded") {
  const auto [limit, taken] = GENERATE(table<std::size_t, bool>({{0, false}, {9, false}, {10, true}, {11, true}}));
  CAPTURE(limit);
  curl::ResponseReader reader(limit);
  CHECK((reader.addBody("12345") && reader.addBody("67890")) == taken);
  CHECK(reader.failure().has_value() != taken);
  if (!taken) CHECK(reader.failure()->code == Errc::tooLarge);
}
