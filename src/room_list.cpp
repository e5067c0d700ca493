#include "room_list.hpp"

#include <utility>

#include "room_request.hpp"
#include "rooms_json.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

Result<RoomPage> askForPage(const RoomService& service, const RoomFilter& filter, const RoomPageOptions& page) {
  return service.ask({"GET", roomListPath(filter, page), {}, maxRoomPageAnswer}, readRoomPage);
}

bool CursorWatch::movesOn(const std::string& cursor) {
  if (limit_ > 1 && cursor == kept_) return false;
  if (++since_ == limit_) {
    kept_ = cursor;
    since_ = 0;
    limit_ *= 2;
  }
  return true;
}

RoomWalk::RoomWalk(std::shared_ptr<const LiveblocksState> client, RoomFilter filter, std::size_t pageSize,
                   std::optional<Deadline> deadline)
    : client_(std::move(client)), filter_(std::move(filter)), options_{pageSize}, deadline_(deadline) {}

void RoomWalk::begin() {
  if (begun_) return;
  begun_ = true;
  if (options_.limit < 1 || options_.limit > RoomPageOptions::maxLimit) {
    return endWith({Errc::invalidRequest, "pageSize must lie between 1 and 100"});
  }
  advance();
}

void RoomWalk::advance() {
  current_.reset();
  for (int emptyPages = 0; next_ == page_.size(); ++emptyPages) {
    if (lastPage_) return;
    if (emptyPages == RoomRange::maxEmptyPages) {
      return endWith({Errc::upstream, "GET /v2/rooms: one page after the other has no room"});
    }
    turnPage();
    if (current_) return;
  }
  current_.emplace(std::move(page_[next_++]));
}

void RoomWalk::turnPage() {
  Result<RoomPage> page = askForPage(RoomService(client_, deadline_), filter_, options_);
  if (!page) return endWith(page.error());
  page_ = std::move(page->data);
  next_ = 0;
  options_.startingAfter = std::move(page->nextCursor);
  lastPage_ = !options_.startingAfter;
  if (lastPage_ || watch_.movesOn(*options_.startingAfter)) return;
  endWith({Errc::upstream, "GET /v2/rooms: the cursor does not move on"});
}

void RoomWalk::endWith(Error error) {
  current_.emplace(std::move(error));
  page_.clear();
  next_ = 0;
  lastPage_ = true;
}

RoomRange::RoomRange(std::unique_ptr<RoomWalk> walk) noexcept : walk_(std::move(walk)) {}
RoomRange::RoomRange(RoomRange&&) noexcept = default;
RoomRange& RoomRange::operator=(RoomRange&&) noexcept = default;
RoomRange::~RoomRange() = default;

RoomRange::iterator RoomRange::begin() {
  if (!walk_) return {};
  walk_->begin();
  return walk_->current() ? iterator(walk_.get()) : iterator();
}

RoomRange::iterator::reference RoomRange::iterator::operator*() const noexcept { return *walk_->current(); }

RoomRange::iterator::pointer RoomRange::iterator::operator->() const noexcept { return &*walk_->current(); }

RoomRange::iterator& RoomRange::iterator::operator++() {
  walk_->advance();
  if (!walk_->current()) walk_ = nullptr;
  return *this;
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
