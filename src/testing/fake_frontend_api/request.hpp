/// A request as the Frontend API reads it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// The value of the first parameter of that name; null when there is none.
const std::string* findParameter(const Parameters& parameters, std::string_view name) noexcept;

/// Borrows from what was received.
struct Request {
  /// That of `_method`, where a POST names one.
  std::string method;
  /// Behind the path of the API: `/v1/...`.
  std::string_view path;
  /// That of the session which the path names; set by the router.
  std::string id = {};
  Parameters query;
  Parameters form;
  const http::RequestView* received;

  /// The values of all cookies of that name, in their order.
  std::vector<std::string_view> cookies(std::string_view name) const;
};

/// The request, or why it is not answered. `path`: that of the API, which the URL lies below.
std::variant<Request, http::Response> readRequest(const http::RequestView& received, std::string_view path);

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
