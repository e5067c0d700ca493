#include <liveblocks/http/curl_transport.hpp>

#include <stdexcept>
#include <string>

#include "each_fault.hpp"

using liveblocks_tests::FaultyFunction;

TEST_CASE("libcurl that does not start is tried again") {
  const auto& all = FaultyFunction::all();
  const auto found = std::find_if(all.begin(), all.end(), [](const FaultyFunction* function) {
    return std::string(function->name()) == "curl_global_init";
  });
  REQUIRE(found != all.end());
  for (int way = 0; way < (*found)->ways(); ++way) {
    const liveblocks_tests::Fault fault(**found, way, 0, liveblocks_tests::Fault::Want::brief);
    CHECK_THROWS_AS(liveblocks::http::makeCurlTransport(), std::runtime_error);
    CHECK(liveblocks_tests::Fault::hasHappened());
  }
  CHECK(liveblocks::http::makeCurlTransport() != nullptr);
}
