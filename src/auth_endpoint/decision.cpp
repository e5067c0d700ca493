#include <utility>

#include <liveblocks/auth_endpoint/decision.hpp>

#include "session.hpp"

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
  detail::checkGrant(roomOrPattern, permissions);
  detail::addGrant(grants_, roomOrPattern, permissions);
  return *this;
}

Decision Decision::allow(std::string_view roomOrPattern, const Permissions& permissions) && {
  allow(roomOrPattern, permissions);
  return std::move(*this);
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
