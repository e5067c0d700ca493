#include <liveblocks/http/api_call.hpp>

#include <cstddef>
#include <string>

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
