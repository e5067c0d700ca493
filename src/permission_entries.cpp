#include "permission_entries.hpp"

#include <array>
#include <cstddef>

#include "room_pattern.hpp"
#include "stated_access.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

class Resolution {
 public:
  void add(std::string_view pattern, const StatedAccess& stated) noexcept {
    const std::size_t specificity = patternSpecificity(pattern);
    for (const Resource resource : statedResources) {
      const std::optional<Access> access = stated.of(resource);
      if (!access) continue;
      if (resource == Resource::room) {
        combined_.raise(resource, *access);
      } else {
        addPart(resource, *access, specificity);
      }
    }
  }

  PermissionMatrix matrix() const noexcept { return combined_.matrix(); }

 private:
  void addPart(Resource resource, Access access, std::size_t specificity) noexcept {
    std::optional<std::size_t>& best = specificities_[static_cast<std::size_t>(resource)];
    if (best && specificity < *best) return;
    if (best == specificity) {
      combined_.raise(resource, access);
    } else {
      combined_.replace(resource, access);
      best = specificity;
    }
  }

  StatedAccess combined_;
  std::array<std::optional<std::size_t>, statedResources.size()> specificities_;
};

}  // namespace

PermissionMatrix combinePermissions(const PermissionEntries& entries) noexcept {
  Resolution resolution;
  for (const auto& [pattern, permissions] : entries) resolution.add(pattern, StatedAccess(permissions));
  return resolution.matrix();
}

std::optional<PermissionMatrix> resolvePermissions(const PermissionEntries& entries, std::string_view roomId) noexcept {
  std::optional<Resolution> resolution;
  for (const auto& [pattern, permissions] : entries) {
    if (!patternMatches(pattern, roomId)) continue;
    if (!resolution) resolution.emplace();
    resolution->add(pattern, StatedAccess(permissions));
  }
  if (!resolution) return std::nullopt;
  return resolution->matrix();
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
