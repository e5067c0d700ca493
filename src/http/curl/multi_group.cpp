#include "http/curl/multi_group.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

MultiGroup::MultiGroup(const Settings& settings, EventLoop& loop)
    : settings_(settings), sockets_(loop, settings.connectTimeout) {
  multis_.push_back(std::make_unique<Multi>(settings_, sockets_));
}

bool MultiGroup::add(Transfer& transfer) noexcept {
  try {
    Multi& multi = firstWithRoom();
    if (!multi.add(transfer)) return false;
    transfer.setMulti(&multi);
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

void MultiGroup::remove(Transfer& transfer) noexcept {
  transfer.multi()->remove(transfer);
  transfer.setMulti(nullptr);
  dropIdle();
}

void MultiGroup::rest() noexcept {
  multis_.erase(multis_.begin() + 1, multis_.end());
  sockets_.rest();
}

void MultiGroup::dropIdle() noexcept {
  // One beside the first stays, or it might be made and unmade for each transfer.
  bool isSpare = true;
  const auto isSurplus = [&](const auto& multi) { return multi->size() == 0 && !std::exchange(isSpare, false); };
  multis_.erase(std::remove_if(multis_.begin() + 1, multis_.end(), isSurplus), multis_.end());
}

void MultiGroup::onReady(EventLoop::Socket socket, SocketEvents events) noexcept {
  if (Multi* const multi = sockets_.listenerOf(socket)) multi->onReady(socket, events);
}

std::optional<Deadline> MultiGroup::next() const noexcept {
  std::optional<Deadline> first;
  for (const auto& multi : multis_) {
    if (multi->next() && (!first || *multi->next() < *first)) first = multi->next();
  }
  return first;
}

void MultiGroup::runTimers(Deadline now) noexcept {
  for (const auto& multi : multis_) {
    if (multi->next() && *multi->next() <= now) multi->runTimers();
  }
}

std::optional<Multi::Ended> MultiGroup::takeEnded() noexcept {
  for (const auto& multi : multis_) {
    if (auto ended = multi->takeEnded()) return ended;
  }
  return std::nullopt;
}

Multi& MultiGroup::firstWithRoom() {
  const auto hasRoom = [](const auto& multi) { return multi->size() < maxTransfers; };
  const auto found = std::find_if(multis_.begin(), multis_.end(), hasRoom);
  if (found != multis_.end()) return **found;
  return *multis_.emplace_back(std::make_unique<Multi>(settings_, sockets_));
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
