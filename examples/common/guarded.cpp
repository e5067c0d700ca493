#include "common/guarded.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <liveblocks/adapters/cpp_httplib.hpp>

namespace examples {
namespace {

bool has(const httplib::Response& response, const liveblocks::http::Header& header) {
  const auto [first, last] = response.headers.equal_range(header.name);
  return std::any_of(first, last, [&](const auto& field) { return field.second == header.value; });
}

/// What the guard's own answers have brought along already is not repeated.
void addMissing(httplib::Response& response, const std::vector<liveblocks::http::Header>& headers) {
  for (const auto& header : headers) {
    if (!has(response, header)) response.set_header(header.name, header.value);
  }
}

}  // namespace

httplib::Server::Handler guarded(const liveblocks::clerk::RouteGuard& guard, GuardedHandler handler) {
  return [&guard, handler = std::move(handler)](const httplib::Request& request, httplib::Response& response) {
    const auto [answer, state] = guard.authenticate(liveblocks::adapters::requestView(request, {}));
    if (answer) return liveblocks::adapters::setResponse(request, response, *answer);
    handler(state, request, response);
    addMissing(response, state.headers());
    if (!response.has_header("Cache-Control")) response.set_header("Cache-Control", "no-store");
  };
}

}  // namespace examples
