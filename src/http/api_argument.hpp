/// Arguments of a call that cannot be right. They become the problem of the call.
#pragma once

#include <string_view>

#include <liveblocks/core/json.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/api_call.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

/// Checks an argument of a call. What is wrong is noted as the problem of the call, `<name> <problem>` without the
/// value, unless one is noted already. Returns whether it holds.
bool require(ApiCall& call, bool holds, std::string_view name, std::string_view problem);

/// Reads the JSON that was written for the body of a call; null, with a problem of the call, if it is too deep: what
/// was as deep as JSON may be is one level deeper in it.
Json writtenBody(ApiCall& call, std::string_view text);

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
