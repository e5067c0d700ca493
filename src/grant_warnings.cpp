#include "grant_warnings.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
namespace {

using Entry = PermissionEntries::value_type;

/// The scopes for one part of a room.
struct Scopes {
  std::size_t count = 0;
  /// Separated by commas.
  std::string names;
};

Scopes scopesFor(Resource resource, const Permissions& permissions) {
  Scopes scopes;
  for (const std::string_view scope : permissions) {
    const auto grant = grantOf(scope);
    if (!grant || grant->resource != resource) continue;
    scopes.names.append(scopes.count > 0 ? ", " : "").append(scope);
    ++scopes.count;
  }
  return scopes;
}

/// What all entries except one grant in a room that `key` matches and no narrower entry does.
PermissionMatrix grantedFor(std::string_view key, const PermissionEntries& entries, const Entry* leftOut = nullptr) {
  PermissionEntries matching;
  for (const Entry& entry : entries) {
    if (&entry != leftOut && patternIncludes(entry.first, key)) matching.push_back(entry);
  }
  return combinePermissions(matching);
}

/// Finds the mistakes in one entry.
class Inspection {
 public:
  Inspection(const Entry& entry, const PermissionEntries& all) : entry_(entry), scopes_(entry.second) {
    // The narrowest entry that matches a room determines which others match it: one room for each is enough.
    for (const Entry& narrowest : all) {
      if (!patternIncludes(entry.first, narrowest.first)) continue;
      granted_.push_back(grantedFor(narrowest.first, all));
      grantedByOthers_.push_back(grantedFor(narrowest.first, all, &entry));
    }
  }

  std::vector<std::string> warnings() {
    for (const Resource resource : scopedResources) inspect(resource);
    if (!hasVainScope_ && granted_ == grantedByOthers_ && !meansWhatIsGranted()) {
      warn("it changes nothing. Other entries decide about these rooms.");
    }
    return std::move(warnings_);
  }

 private:
  void inspect(Resource resource) {
    const Scopes scopes = scopesFor(resource, entry_.second);
    if (scopes.count > 1) warn(scopes.names + " contradict each other. The strongest counts.");
    if (scopes.count == 0 || isGrantedSomewhere(resource)) return;
    hasVainScope_ = true;
    warn(scopes.names + " without effect. Another entry grants more, and the strongest counts.");
  }

  bool isGrantedSomewhere(Resource resource) const {
    return std::any_of(granted_.begin(), granted_.end(), [&](const PermissionMatrix& matrix) {
      return accessTo(matrix, resource) == scopes_.of(resource);
    });
  }

  bool meansWhatIsGranted() const {
    if (!scopes_.of(Resource::room)) return scopesOfAnyPart();
    return std::find(granted_.begin(), granted_.end(), scopes_.matrix()) != granted_.end();
  }

  bool scopesOfAnyPart() const {
    return std::any_of(scopedResources.begin(), scopedResources.end(),
                       [&](Resource resource) { return scopes_.of(resource).has_value(); });
  }

  void warn(const std::string& text) {
    constexpr std::size_t maxNameBytes = 64;
    warnings_.push_back("Permissions for \"" + printable(entry_.first, maxNameBytes) + "\": " + text);
  }

  const Entry& entry_;
  ExplicitAccess scopes_;
  /// What is granted in each kind of room that the entry matches.
  std::vector<PermissionMatrix> granted_;
  std::vector<PermissionMatrix> grantedByOthers_;
  bool hasVainScope_ = false;
  std::vector<std::string> warnings_;
};

}  // namespace

std::vector<std::string> warningsAbout(const PermissionEntries& entries) {
  std::vector<std::string> warnings;
  for (const Entry& entry : entries) {
    for (std::string& warning : Inspection(entry, entries).warnings()) warnings.push_back(std::move(warning));
  }
  return warnings;
}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
