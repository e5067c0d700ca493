#include "clerk/backend_request.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

void checkSecretKey(const Secret& key) {
  const std::string_view text = key.reveal();
  if (text.empty()) throw std::invalid_argument("secretKey is empty: set it to the sk_... key of the Clerk instance");
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; })) {
    throw std::invalid_argument("secretKey holds white space or other characters that no key has");
  }
}

http::Request backendRequest(std::string url, const Secret& secretKey) {
  http::Request request{"GET", std::move(url), {}, {}};
  // Moved in one by one: an initializer list would leave a copy of the key behind.
  request.headers.reserve(4);
  request.headers.push_back(http::bearerAuthorization(secretKey));
  request.headers.push_back({"Accept", "application/json"});
  request.headers.push_back({"Clerk-API-Version", std::string(backendApiVersion)});
  return request;
}

http::Request backendRequest(std::string url, const Secret& secretKey, std::string body) {
  http::Request request = backendRequest(std::move(url), secretKey);
  request.method = "POST";
  request.headers.push_back({"Content-Type", "application/json"});
  request.body = std::move(body);
  return request;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
