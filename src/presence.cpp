#include <liveblocks/presence.hpp>

#include <stdexcept>
#include <utility>

#include "typed_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace presence {
namespace {

constexpr std::chrono::seconds shortest{2};
constexpr std::chrono::seconds longest{3599};

std::optional<Json> secondsOf(const std::optional<std::chrono::seconds>& ttl) {
  if (!ttl) return std::nullopt;
  if (*ttl >= shortest && *ttl <= longest) return Json(ttl->count());
  throw std::invalid_argument("Invalid value for field 'ttl'. Please provide a time from 2 to 3599 s.");
}

}  // namespace

http::TypedCall<void> set(std::string_view roomId, const Presence& presence) {
  detail::requireObject("data", presence.data);
  if (presence.userInfo) detail::requireObject("userInfo", *presence.userInfo);
  http::ApiCall request =
      detail::apiCall("liveblocks.presence.set", "POST", "/v2/rooms/{roomId}/presence", {{"roomId", roomId}});
  request.body = detail::RequestBody()
                     .text("userId", presence.userId)
                     .json("data", presence.data)
                     .json("userInfo", presence.userInfo)
                     .json("ttl", secondsOf(presence.ttl))
                     .finish();
  return {detail::repeatable(std::move(request))};
}

}  // namespace presence
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
