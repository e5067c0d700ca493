/// What a session holds.
#pragma once

#include <memory>
#include <string>

#include <liveblocks/session.hpp>

#include "client_state.hpp"
#include "grants.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

struct Session::State {
  std::shared_ptr<const LiveblocksState> client;
  std::string userId;
  SessionOptions options;
  PermissionEntries grants = {};
  bool sealed = false;

  /// Seals the session and returns the body of its one request.
  std::string seal();

 private:
  std::string body() const;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
