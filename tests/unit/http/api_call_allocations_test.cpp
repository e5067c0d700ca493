#include <liveblocks/http/api_call.hpp>
#include <liveblocks/storage.hpp>

#include <cstddef>
#include <string>
#include <utility>

#include "allocated_bytes.hpp"
#include "catch.hpp"

namespace lb = liveblocks;
namespace http = liveblocks::http;

TEST_CASE("what reads a response does not keep the body of the request") {
  http::TypedCall<void> call{
      {"PUT", "/a", {}, {}, http::ApiBytes{"application/octet-stream", std::string(1 << 20, 'x')}}};
  const std::size_t before = liveblocks_tests::allocatedBytes();
  const auto callback = http::detail::readingCallback<void>(call, [](const lb::Result<void>&) {});
  CHECK(liveblocks_tests::allocatedBytes() - before < 4096);
  callback(http::ApiResponse{204, {}, {}});
}

TEST_CASE("a typed call hands its response over to the reader without a copy") {
  http::TypedCall<std::string> call{{"GET", "/a"}};
  call.read = [](http::ApiResponse response) -> lb::Result<std::string> { return std::move(response.body); };
  http::ApiResponse response{200, {}, std::string(1 << 20, 'x')};
  std::string read;
  const auto keep = [&read](lb::Result<std::string> value) { read = *std::move(value); };
  const auto callback = http::detail::readingCallback<std::string>(call, keep);
  const std::size_t before = liveblocks_tests::allocatedBytes();
  callback(std::move(response));
  CHECK(liveblocks_tests::allocatedBytes() - before < 4096);
  CHECK(read.size() == 1 << 20);
}

TEST_CASE("a document is copied once into the call that sends it") {
  const std::string large(1 << 20, 'x');
  const lb::Json document =
      lb::Json::object({{"liveblocksType", "LiveObject"}, {"data", lb::Json::object({{"a", large}})}});
  const lb::Json operations = lb::Json::array({lb::Json::object({{"op", "add"}, {"path", "/a"}, {"value", large}})});
  const std::size_t before = liveblocks_tests::allocatedBytes();
  CHECK_FALSE(lb::storage::initialize("r", document).request.problem);
  const std::size_t between = liveblocks_tests::allocatedBytes();
  CHECK_FALSE(lb::storage::patch("r", operations).request.problem);
  CHECK(between - before < large.size() * 3 / 2);
  CHECK(liveblocks_tests::allocatedBytes() - between < large.size() * 3 / 2);
}
