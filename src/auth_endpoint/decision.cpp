#include <utility>

#include <liveblocks/auth_endpoint.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

Decision::Decision() = default;

Decision Decision::refuse(std::string reason) {
  Decision decision;
  decision.kind_ = Kind::refuse;
  decision.reason_ = std::move(reason);
  return decision;
}

Decision Decision::unavailable(std::string reason) {
  Decision decision;
  decision.kind_ = Kind::unavailable;
  decision.reason_ = std::move(reason);
  return decision;
}

Decision& Decision::allow(std::string_view roomOrPattern, const Permissions& permissions) & {
  grants_.emplace_back(roomOrPattern, permissions);
  return *this;
}

Decision&& Decision::allow(std::string_view roomOrPattern, const Permissions& permissions) && {
  return std::move(allow(roomOrPattern, permissions));
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
