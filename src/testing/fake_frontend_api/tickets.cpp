#include "testing/fake_frontend_api/tickets.hpp"

#include <algorithm>
#include <utility>

#include <liveblocks/testing/fake_frontend_api.hpp>

#include "testing/random_text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

std::string Tickets::add(std::string userId, std::chrono::system_clock::time_point expiresAt) {
  if (tickets_.size() == FakeFrontendApi::maxTickets) tickets_.pop_front();
  tickets_.push_back({randomText(), std::move(userId), expiresAt});
  return tickets_.back().text;
}

const Ticket* Tickets::find(std::string_view text) const noexcept {
  const auto found =
      std::find_if(tickets_.begin(), tickets_.end(), [&](const Ticket& ticket) { return ticket.text == text; });
  return found == tickets_.end() ? nullptr : &*found;
}

void Tickets::use(const Ticket& ticket) {
  const auto isUsed = [&](const Ticket& other) { return &other == &ticket; };
  tickets_.erase(std::find_if(tickets_.begin(), tickets_.end(), isUsed));
}

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
