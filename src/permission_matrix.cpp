#include "permission_matrix.hpp"

#include <algorithm>

#include <liveblocks/room.hpp>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
namespace {

std::optional<Resource> resourceOf(std::string_view feature) noexcept {
  if (feature == "*" || feature == "room") return Resource::room;
  if (feature == "storage") return Resource::storage;
  if (feature == "comments") return Resource::comments;
  if (feature == "comments:public") return Resource::commentsPublic;
  if (feature == "comments:private") return Resource::commentsPrivate;
  if (feature == "feeds") return Resource::feeds;
  return std::nullopt;
}

Access accessOf(std::string_view level) noexcept {
  if (level == "write") return Access::write;
  return level == "read" ? Access::read : Access::none;
}

bool isPattern(std::string_view text) noexcept { return !text.empty() && text.back() == '*'; }

std::string_view withoutStar(std::string_view text) noexcept {
  if (isPattern(text)) text.remove_suffix(1);
  return text;
}

/// Adds up entries that match one room.
class Resolution {
 public:
  void add(std::string_view pattern, const ExplicitAccess& scopes) noexcept {
    const std::size_t specificity = patternSpecificity(pattern);
    for (const Resource resource : scopedResources) {
      const std::optional<Access> access = scopes.of(resource);
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

  ExplicitAccess combined_;
  std::array<std::optional<std::size_t>, scopedResources.size()> specificities_;
};

}  // namespace

std::optional<ScopeGrant> grantOf(std::string_view scope) noexcept {
  const std::size_t colon = scope.rfind(':');
  const std::optional<Resource> resource = resourceOf(scope.substr(0, colon));
  if (!resource) return std::nullopt;
  return ScopeGrant{*resource, accessOf(scope.substr(colon + 1))};
}

Access accessTo(const PermissionMatrix& matrix, Resource resource) noexcept {
  switch (resource) {
    case Resource::room:
      return matrix.room;
    case Resource::storage:
      return matrix.storage;
    case Resource::comments:
      return matrix.comments;
    case Resource::commentsPublic:
      return matrix.commentsPublic;
    case Resource::commentsPrivate:
      return matrix.commentsPrivate;
    case Resource::feeds:
      return matrix.feeds;
    case Resource::personal:
      return matrix.personal;
  }
  return Access::none;
}

ExplicitAccess::ExplicitAccess(const Permissions& permissions) noexcept {
  for (const std::string_view scope : permissions) {
    if (const auto grant = grantOf(scope)) raise(grant->resource, grant->access);
  }
}

std::optional<Access> ExplicitAccess::of(Resource resource) const noexcept {
  const bool isVisibility = resource == Resource::commentsPublic || resource == Resource::commentsPrivate;
  return isVisibility && !at(resource) ? at(Resource::comments) : at(resource);
}

void ExplicitAccess::raise(Resource resource, Access access) noexcept {
  at(resource) = std::max(at(resource).value_or(Access::none), access);
}

void ExplicitAccess::replace(const ExplicitAccess& other) noexcept {
  for (const Resource resource : scopedResources) {
    if (const auto access = other.of(resource)) replace(resource, *access);
  }
}

void ExplicitAccess::raise(const ExplicitAccess& other) noexcept {
  for (const Resource resource : scopedResources) {
    if (const auto access = other.of(resource)) raise(resource, *access);
  }
}

PermissionMatrix ExplicitAccess::matrix() const noexcept {
  PermissionMatrix matrix;
  const std::optional<Access>& base = at(Resource::room);
  if (!base) return matrix;
  matrix.room = *base;
  matrix.storage = at(Resource::storage).value_or(*base);
  matrix.comments = at(Resource::comments).value_or(*base);
  matrix.commentsPublic = at(Resource::commentsPublic).value_or(matrix.comments);
  matrix.commentsPrivate = at(Resource::commentsPrivate).value_or(matrix.comments);
  matrix.feeds = at(Resource::feeds).value_or(*base);
  matrix.personal = Access::write;
  return matrix;
}

bool patternMatches(std::string_view pattern, std::string_view roomId) noexcept {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == roomId;
  return ascii::startsWith(roomId, pattern.substr(0, star)) &&
         ascii::startsWith(roomId.substr(star), pattern.substr(star + 1));
}

std::size_t patternSpecificity(std::string_view pattern) noexcept {
  return pattern.find('*') == std::string_view::npos ? pattern.size() : pattern.size() - 1;
}

bool patternIncludes(std::string_view pattern, std::string_view other) noexcept {
  return pattern == other || (isPattern(pattern) && ascii::startsWith(withoutStar(other), withoutStar(pattern)));
}

PermissionMatrix combinePermissions(const PermissionEntries& entries) noexcept {
  Resolution resolution;
  for (const auto& [pattern, permissions] : entries) resolution.add(pattern, ExplicitAccess(permissions));
  return resolution.matrix();
}

std::optional<PermissionMatrix> resolvePermissions(const PermissionEntries& entries, std::string_view roomId) noexcept {
  std::optional<Resolution> resolution;
  for (const auto& [pattern, permissions] : entries) {
    if (!patternMatches(pattern, roomId)) continue;
    if (!resolution) resolution.emplace();
    resolution->add(pattern, ExplicitAccess(permissions));
  }
  if (!resolution) return std::nullopt;
  return resolution->matrix();
}

}  // namespace detail

std::string_view name(Access access) noexcept {
  switch (access) {
    case Access::read:
      return "read";
    case Access::write:
      return "write";
    case Access::none:
      break;
  }
  return "none";
}

PermissionMatrix PermissionMatrix::of(const Permissions& permissions) noexcept {
  return detail::ExplicitAccess(permissions).matrix();
}

PermissionMatrix PermissionMatrix::of(const Room& room, std::string_view userId,
                                      const std::vector<std::string>& groupIds) {
  detail::ExplicitAccess access(room.defaultAccesses);
  detail::ExplicitAccess groups;
  for (const std::string& groupId : groupIds) {
    const auto group = room.groupsAccesses.find(groupId);
    if (group != room.groupsAccesses.end()) groups.raise(detail::ExplicitAccess(group->second));
  }
  access.replace(groups);
  const auto user = room.usersAccesses.find(userId);
  if (user != room.usersAccesses.end()) access.replace(detail::ExplicitAccess(user->second));
  return access.matrix();
}

bool PermissionMatrix::allows(Resource resource, Access access) const noexcept {
  if (resource == Resource::comments) return std::max({comments, commentsPublic, commentsPrivate}) >= access;
  return detail::accessTo(*this, resource) >= access;
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
