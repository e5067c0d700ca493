/// Calls of any endpoint of Liveblocks, in both forms.
#pragma once

#include <memory>
#include <optional>

#include <liveblocks/core/async_options.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/api_call.hpp>

#include "api_exchange.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// Makes the call. Throws `std::logic_error` when the client has no transport.
Result<http::ApiResponse> perform(const std::shared_ptr<const ClientState>& client, const http::ApiCall& call,
                                  std::optional<Deadline> deadline);

/// The asynchronous twin, which also throws `std::invalid_argument` for an empty callback.
void start(const std::shared_ptr<const ClientState>& client, const http::ApiCall& call,
           Callback<Result<http::ApiResponse>> done, const AsyncOptions& options);

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
