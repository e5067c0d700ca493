/// The state of a session, and the rules for what it may grant.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/permissions.hpp>
#include <liveblocks/session.hpp>

#include "api_exchange.hpp"
#include "permission_matrix.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// Says why a string is not the id of one room: 1 to `Session::maxRoomIdLength` UTF-16 code units without `*`. Returns
/// null for a valid id.
const char* problemOfRoomId(std::string_view text) noexcept;

/// @{
/// The two steps of `Session::allow()`, which throw as it does. The first checks the arguments alone; the second adds
/// an entry, or adds permissions to the entry for the same room or pattern. Nothing is changed when a step throws.
void checkGrant(std::string_view roomOrPattern, const Permissions& permissions);
void addGrant(PermissionEntries& entries, std::string_view roomOrPattern, const Permissions& permissions);
/// @}

/// Returns a line for the log about each entry with several scopes for the same part of a room, or with scopes that
/// have no effect because of other entries. An entry that only repeats what others grant is no mistake. The patterns
/// are those of a session: a `*` stands only at the end.
std::vector<std::string> warningsAbout(const PermissionEntries& entries);

}  // namespace detail

struct Session::State {
  std::shared_ptr<const detail::ClientState> client;
  std::string userId;
  SessionOptions options;
  detail::PermissionEntries grants = {};
  bool sealed = false;

  /// Seals the session and returns the body of its one request.
  std::string seal();

 private:
  std::string body() const;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
