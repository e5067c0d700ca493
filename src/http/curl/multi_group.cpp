#include "http/curl/multi_group.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <new>
#include <utility>

#include "http/curl/sigpipe_guard.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {

/// How many exchanges may share a connection of HTTP/2.
constexpr long maxStreams = 1000;

/// After libcurl has failed to do what was due.
constexpr std::chrono::milliseconds retryInterval{50};

SocketEvents eventsOf(int what) noexcept {
  return {what == CURL_POLL_IN || what == CURL_POLL_INOUT, what == CURL_POLL_OUT || what == CURL_POLL_INOUT};
}

/// Whether libcurl tells the socket with which it tries the next address of a host. Before 8.1 it does not until it
/// looks at the transfer again.
bool tellsNextSocket() noexcept {
  constexpr unsigned int since = 0x080100;
  static const bool tells = curl_version_info(CURLVERSION_NOW)->version_num >= since;
  return tells;
}

void lookAtAll(CURLM* multi) noexcept {
  int running = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  curl_multi_socket_all(multi, &running);  // It is deprecated because it is slow.
#pragma GCC diagnostic pop
}

}  // namespace

Multi::Multi(const Settings& settings, Sockets& sockets)
    : settings_(settings), sockets_(sockets), multi_(curl_multi_init()) {
  if (!multi_ || !observe()) throw std::bad_alloc();
  // Beyond it each exchange makes a connection of its own. The server has a limit, too, and knows better.
  curl_multi_setopt(multi_.get(), CURLMOPT_MAX_CONCURRENT_STREAMS, maxStreams);
}

bool Multi::observe() noexcept {
  CURLM* const multi = multi_.get();
  void* const self = this;
  return curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &onSocket) == CURLM_OK &&
         curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, self) == CURLM_OK &&
         curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &onTimer) == CURLM_OK &&
         curl_multi_setopt(multi, CURLMOPT_TIMERDATA, self) == CURLM_OK;
}

Multi::~Multi() {
  const SigpipeGuard guard(usesTls_);
  multi_.reset();
  sockets_.forget(*this);
}

bool Multi::add(Transfer& transfer) noexcept {
  if (curl_multi_add_handle(multi_.get(), transfer.easy()) != CURLM_OK) return false;
  usesTls_ = usesTls_ || transfer.usesTls();
  ++size_;
  boundConnections();
  return true;
}

void Multi::remove(Transfer& transfer) noexcept {
  const SigpipeGuard guard(usesTls_);
  curl_multi_remove_handle(multi_.get(), transfer.easy());
  --size_;
  boundConnections();
}

void Multi::onReady(EventLoop::Socket socket, SocketEvents events) noexcept {
  act(socket, (events.readable ? CURL_CSELECT_IN : 0) | (events.writable ? CURL_CSELECT_OUT : 0));
}

void Multi::runTimers() noexcept {
  next_.reset();  // libcurl tells the next time if there is one, even if it is the same.
  act(CURL_SOCKET_TIMEOUT, 0);
}

void Multi::act(curl_socket_t socket, int what) noexcept {
  const SigpipeGuard guard(usesTls_);
  mayHaveEnded_ = true;
  mayHaveMovedOn_ = false;
  int running = 0;
  const CURLMcode code = curl_multi_socket_action(multi_.get(), socket, what, &running);
  // It may have forgotten its timer.
  if (code != CURLM_OK && !next_) next_ = Deadline::clock::now() + retryInterval;
  if (mayHaveMovedOn_ && !tellsNextSocket()) lookAtAll(multi_.get());
}

std::optional<Multi::Ended> Multi::takeEnded() noexcept {
  if (!mayHaveEnded_) return std::nullopt;
  int left = 0;
  const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left);
  mayHaveEnded_ = message != nullptr;
  if (message == nullptr) return std::nullopt;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-union-access): libcurl's interface.
  return Ended{message->easy_handle, message->data.result};
}

int Multi::onSocket(CURL* easy, curl_socket_t socket, int what, void* self, void*) noexcept {
  auto& multi = *static_cast<Multi*>(self);
  // Null for a handle that libcurl has made to close connections.
  const Transfer* const transfer = Transfer::of(easy);
  const bool hasResponse = transfer != nullptr && transfer->hasResponse();
  multi.mayHaveMovedOn_ = multi.mayHaveMovedOn_ || (what == CURL_POLL_REMOVE && !hasResponse);
  multi.sockets_.watch(multi, socket, eventsOf(what), hasResponse);
  return 0;
}

int Multi::onTimer(CURLM*, long milliseconds, void* self) noexcept {
  std::optional<Deadline>& next = static_cast<Multi*>(self)->next_;
  next.reset();
  if (milliseconds >= 0) next = Deadline::clock::now() + std::chrono::milliseconds(milliseconds);
  return 0;
}

void Multi::boundConnections() noexcept {
  // All but one of the transfers may hold one when the one gives its connection back.
  const std::size_t others = std::max<std::size_t>(size_, 1) - 1;
  constexpr auto most = static_cast<std::size_t>(std::numeric_limits<int>::max());
  const std::size_t idle = std::min(settings_.maxIdleConnections, most - others);
  // libcurl takes 0 for a limit that it chooses itself.
  const std::size_t count = std::max<std::size_t>(idle + others, 1);
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(count));
}

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
