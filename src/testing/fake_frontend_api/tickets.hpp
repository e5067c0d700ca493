/// Sign-in tokens.
#pragma once

#include <chrono>
#include <deque>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

struct Ticket {
  std::string text;
  std::string userId;
  std::chrono::system_clock::time_point expiresAt;
};

/// Not more than `FakeFrontendApi::maxTickets`.
class Tickets {
 public:
  /// Forgets the oldest one where there are too many. Returns the text.
  std::string add(std::string userId, std::chrono::system_clock::time_point expiresAt);
  /// Null for a text of none.
  const Ticket* find(std::string_view text) const noexcept;
  /// So that it is good no more.
  void use(const Ticket& ticket);

 private:
  std::deque<Ticket> tickets_;
};

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
