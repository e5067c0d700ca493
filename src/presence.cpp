#include <liveblocks/presence.hpp>

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
  return Json(ttl->count());
}

}  // namespace

http::TypedCall<void> set(std::string_view roomId, const Presence& presence) {
  http::ApiCall request =
      detail::apiCall("liveblocks.presence.set", "POST", "/v2/rooms/{roomId}/presence", {{"roomId", roomId}});
  detail::requireObject(request, "data", presence.data);
  if (presence.userInfo) detail::requireObject(request, "userInfo", *presence.userInfo);
  const std::chrono::seconds ttl = presence.ttl.value_or(shortest);
  detail::require(request, ttl >= shortest && ttl <= longest, "ttl", "is not between 2 and 3599 s");
  request.body = detail::RequestBody(request)
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
