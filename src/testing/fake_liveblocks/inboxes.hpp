/// The inboxes of users that the fake stores.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

#include "core/nlohmann.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

class Inboxes {
 public:
  /// Adds a custom notification from a body that has been checked, or an activity to one of the same kind, subject and
  /// room.
  http::Response trigger(const nlohmann::ordered_json& body, std::chrono::system_clock::time_point at);

  /// Responds with a page of a user's inbox, the newest first.
  http::Response list(const std::string& userId, std::string_view query) const;

 private:
  struct Entry {
    std::string userId;
    nlohmann::ordered_json notification;
  };

  /// The oldest first.
  std::vector<Entry> entries_;
  std::uint64_t lastNumber_ = 0;
};

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
