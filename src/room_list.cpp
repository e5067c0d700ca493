#include "room_list.hpp"

#include <utility>

#include "rooms_api.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

bool CursorCycleDetector::advancesTo(const std::string& cursor) {
  if (limit_ > 1 && cursor == reference_) return false;
  if (++steps_ == limit_) {
    reference_ = cursor;
    steps_ = 0;
    limit_ *= 2;
  }
  return true;
}

RoomPager::RoomPager(std::shared_ptr<const ClientState> client, RoomFilter filter, std::size_t pageSize,
                     std::optional<Deadline> deadline)
    : client_(std::move(client)), filter_(std::move(filter)), options_{pageSize}, deadline_(deadline) {}

void RoomPager::begin() {
  if (begun_) return;
  begun_ = true;
  if (options_.limit < 1 || options_.limit > RoomPageOptions::maxLimit) {
    return endWith({Errc::invalidRequest, "pageSize must lie between 1 and 100"});
  }
  advance();
}

void RoomPager::advance() {
  current_.reset();
  for (int emptyPages = 0; next_ == page_.size(); ++emptyPages) {
    if (lastPage_) return;
    if (emptyPages == RoomRange::maxEmptyPages) {
      return endWith({Errc::upstream, "GET /v2/rooms: too many pages without a room"});
    }
    fetchNextPage();
    if (current_) return;
  }
  current_.emplace(std::move(page_[next_++]));
}

void RoomPager::fetchNextPage() {
  Result<RoomPage> page = perform(client_, getRoomsCall(filter_, options_), deadline_);
  if (!page) return endWith(page.error());
  page_ = std::move(page->data);
  next_ = 0;
  options_.startingAfter = std::move(page->nextCursor);
  lastPage_ = !options_.startingAfter;
  if (lastPage_ || cursors_.advancesTo(*options_.startingAfter)) return;
  endWith({Errc::upstream, "GET /v2/rooms: the cursor of the next page repeats"});
}

void RoomPager::endWith(Error error) {
  current_.emplace(std::move(error));
  page_.clear();
  next_ = 0;
  lastPage_ = true;
}

}  // namespace detail

RoomRange::RoomRange(std::unique_ptr<detail::RoomPager> pager) noexcept : pager_(std::move(pager)) {}
RoomRange::RoomRange(RoomRange&&) noexcept = default;
RoomRange& RoomRange::operator=(RoomRange&&) noexcept = default;
RoomRange::~RoomRange() = default;

RoomRange::iterator RoomRange::begin() {
  if (!pager_) return {};
  pager_->begin();
  return pager_->current() ? iterator(pager_.get()) : iterator();
}

RoomRange::iterator::reference RoomRange::iterator::operator*() const noexcept { return *pager_->current(); }

RoomRange::iterator::pointer RoomRange::iterator::operator->() const noexcept { return &*pager_->current(); }

RoomRange::iterator& RoomRange::iterator::operator++() {
  pager_->advance();
  if (!pager_->current()) pager_ = nullptr;
  return *this;
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
