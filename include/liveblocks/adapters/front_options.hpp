/// @file
/// What the adapters that read requests themselves have in common. Header-only.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/clerk/route_guard.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {

/// The limits of a front: of an adapter that reads requests itself and gives them to the server.
struct FrontOptions {
  /// The size limit of the head of a request, in bytes; a larger one gets a 431. The cookies of a Clerk application may
  /// exceed 8 KiB.
  std::size_t maxHead = std::size_t{64} << 10;
  /// The size limit of the body of a request for the server, in bytes; a larger one gets a 413. That of the endpoint is
  /// `AuthEndpoint::maxBody()`.
  std::size_t maxBody = std::size_t{1} << 20;
  /// How many bytes of a body that is refused are read and discarded, so that its sender receives the response.
  std::size_t maxDrain = std::size_t{32} << 20;
  /// The time from the beginning of a connection, or from the last response, to the end of a head.
  std::chrono::milliseconds headTimeout{15000};
  /// The time for a body to arrive, and the pause after which a client no longer reads a response.
  std::chrono::milliseconds bodyTimeout{5000};
};

namespace detail {

/// What the connections of a front serve.
struct FrontRules {
  FrontOptions options;
  std::optional<clerk::RouteGuard> guard;
  /// By their paths.
  std::map<std::string, AuthEndpoint, std::less<>> endpoints;
  std::atomic<bool> isStopping{false};

  /// That of a target; null if there is none.
  const AuthEndpoint* endpoint(std::string_view target) const {
    const auto found = endpoints.find(target.substr(0, target.find('?')));
    return found == endpoints.end() ? nullptr : &found->second;
  }
};

}  // namespace detail
}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
