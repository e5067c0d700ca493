#include "clerk/backend_request.hpp"

#include <utility>

#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

http::Request backendRequest(std::string url, const Secret& secretKey) {
  http::Request request{"GET", std::move(url), {}, {}};
  // Moved in one by one: an initializer list would leave a copy of the key behind.
  request.headers.reserve(3);
  request.headers.push_back(http::bearerAuthorization(secretKey));
  request.headers.push_back({"Accept", "application/json"});
  request.headers.push_back({"Clerk-API-Version", "2026-05-12"});
  return request;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
