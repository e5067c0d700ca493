/// The three headers of Standard Webhooks, under the names of both families.
#pragma once

#include <cstdint>
#include <string_view>

#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/webhooks/verifier.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace webhooks {

/// Borrows the request.
struct Headers {
  std::string_view id;
  /// The signed text of it, digits only.
  std::string_view timestamp;
  std::string_view signatures;
  /// The timestamp's value.
  std::int64_t seconds = 0;
  HeaderFamily family = HeaderFamily::standard;
};

/// `Errc::invalidRequest` says which header is wrong, by its name alone.
Result<Headers> readHeaders(const http::RequestView& request);

}  // namespace webhooks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
