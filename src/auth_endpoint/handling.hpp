/// Requests to an auth endpoint that are handled without blocking.
#pragma once

#include <memory>

#include <liveblocks/core/async_options.hpp>
#include <liveblocks/http/message.hpp>

#include "auth_endpoint/rules.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// As `AuthEndpoint::handleAsync()`.
void handleAsync(std::shared_ptr<const EndpointRules> rules, http::ReceivedRequest request,
                 Callback<http::Response> done, const AsyncOptions& options);

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
