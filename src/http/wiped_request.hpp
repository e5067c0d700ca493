/// Requests that carry a secret.
#pragma once

#include <string_view>
#include <utility>

#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/message.hpp>

#include "core/wipe.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

/// `Authorization: Bearer <key>` (RFC 6750 §2.1), marked sensitive; built in one buffer, so that nothing is left
/// behind.
inline Header bearerAuthorization(const Secret& key) {
  constexpr std::string_view scheme = "Bearer ";
  Header header{"Authorization", {}, true};
  header.value.reserve(scheme.size() + key.reveal().size());
  header.value += scheme;
  header.value += key.reveal();
  return header;
}

/// Overwrites the sensitive header values and the body. Header-only, because the libraries share no private symbols.
inline void wipe(Request& request) noexcept {
  for (Header& header : request.headers) {
    if (header.sensitive) liveblocks::detail::wipe(header.value);
  }
  liveblocks::detail::wipe(request.body);
}

/// Owns a request and wipes it at the end of its life.
class WipedRequest {
 public:
  explicit WipedRequest(Request request) noexcept : request_(std::move(request)) {}
  WipedRequest(const WipedRequest&) = delete;
  WipedRequest& operator=(const WipedRequest&) = delete;
  ~WipedRequest() { wipe(request_); }

  const Request& get() const noexcept { return request_; }
  /// For somebody who may take it.
  Request& get() noexcept { return request_; }

 private:
  Request request_;
};

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
