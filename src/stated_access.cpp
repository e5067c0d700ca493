#include "stated_access.hpp"

#include <algorithm>
#include <string_view>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
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

}  // namespace

std::optional<Statement> statementOf(Permission scope) noexcept {
  const std::string_view name = scope.name();
  const std::size_t colon = name.rfind(':');
  const std::optional<Resource> resource = resourceOf(name.substr(0, colon));
  if (!resource) return std::nullopt;
  return Statement{*resource, accessOf(name.substr(colon + 1))};
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

StatedAccess::StatedAccess(const Permissions& permissions) noexcept {
  for (std::size_t i = 0; i < permissions.size(); ++i) {
    if (const auto statement = statementOf(permissions[i])) raise(statement->resource, statement->access);
  }
}

std::optional<Access> StatedAccess::of(Resource resource) const noexcept {
  const bool isVisibility = resource == Resource::commentsPublic || resource == Resource::commentsPrivate;
  return isVisibility && !at(resource) ? at(Resource::comments) : at(resource);
}

void StatedAccess::raise(Resource resource, Access access) noexcept {
  at(resource) = std::max(at(resource).value_or(Access::none), access);
}

void StatedAccess::replace(const StatedAccess& other) noexcept {
  for (const Resource resource : statedResources) {
    if (const auto access = other.of(resource)) replace(resource, *access);
  }
}

void StatedAccess::raise(const StatedAccess& other) noexcept {
  for (const Resource resource : statedResources) {
    if (const auto access = other.of(resource)) raise(resource, *access);
  }
}

PermissionMatrix StatedAccess::matrix() const noexcept {
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

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
