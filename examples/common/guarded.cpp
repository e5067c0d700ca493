#include "common/guarded.hpp"

#include <utility>

#include <liveblocks/adapters/cpp_httplib.hpp>

namespace examples {

httplib::Server::Handler guarded(const liveblocks::clerk::RouteGuard& guard, GuardedHandler handler) {
  return [&guard, handler = std::move(handler)](const httplib::Request& request, httplib::Response& response) {
    const auto [answer, state] = guard.check(liveblocks::adapters::requestView(request));
    if (answer) return liveblocks::adapters::setResponse(response, *answer);
    handler(state, request, response);
    for (const auto& header : state.headers()) response.set_header(header.name, header.value);
    if (!response.has_header("Cache-Control")) response.set_header("Cache-Control", "no-store");
  };
}

}  // namespace examples
