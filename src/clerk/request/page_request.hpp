/// Telling pages from everything else.
#pragma once

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::guard {

/// Whether a person asked for it, and the browser will follow a redirect: GET or HEAD, without an `Authorization`
/// header and without a body of JSON, for a document or a frame. Browsers that do not tell must want HTML.
bool isPageRequest(const http::RequestView& request);

}  // namespace clerk::guard
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
