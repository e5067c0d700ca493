/// Paths with an id in them.
#pragma once

#include <string>
#include <string_view>

#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

/// Whether the path is as the route says, where `*` stands for an id, which is set then.
inline bool matchRoute(std::string_view route, std::string_view path, std::string& id) {
  const std::size_t star = route.find('*');
  if (star == std::string_view::npos) return path == route;
  const std::string_view front = route.substr(0, star);
  const std::string_view back = route.substr(star + 1);
  if (path.size() <= front.size() + back.size()) return false;
  const std::string_view middle = path.substr(front.size(), path.size() - front.size() - back.size());
  const bool isId = middle.find('/') == std::string_view::npos;
  if (!isId || !ascii::startsWith(path, front) || !ascii::endsWith(path, back)) return false;
  id = std::string(middle);
  return true;
}

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
