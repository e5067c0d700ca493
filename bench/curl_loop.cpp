#include "curl_loop.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <stdexcept>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks_bench {

CurlLoop::CurlLoop(liveblocks::http::Request request)
    : request_(std::move(request)), epoll_(::epoll_create1(EPOLL_CLOEXEC)), multi_(curl_multi_init()) {
  for (const auto& header : request_.headers) {
    headers_ = curl_slist_append(headers_, (header.name + ": " + header.value).c_str());
  }
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &onSocket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &onTimer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, 256L);
}

CurlLoop::~CurlLoop() {
  for (const auto& transfer : transfers_) {
    curl_multi_remove_handle(multi_, transfer->easy);
    curl_easy_cleanup(transfer->easy);
  }
  curl_multi_cleanup(multi_);
  curl_slist_free_all(headers_);
  ::close(epoll_);
}

int CurlLoop::onSocket(CURL*, curl_socket_t socket, int what, void* self, void* isKnown) {
  const auto& loop = *static_cast<CurlLoop*>(self);
  epoll_event event{};
  event.events = (what != CURL_POLL_OUT ? EPOLLIN : 0U) | (what != CURL_POLL_IN ? EPOLLOUT : 0U);
  event.data.fd = socket;
  if (what == CURL_POLL_REMOVE) {
    ::epoll_ctl(loop.epoll_, EPOLL_CTL_DEL, socket, nullptr);
  } else if (isKnown != nullptr) {
    ::epoll_ctl(loop.epoll_, EPOLL_CTL_MOD, socket, &event);
  } else {
    ::epoll_ctl(loop.epoll_, EPOLL_CTL_ADD, socket, &event);
    curl_multi_assign(loop.multi_, socket, self);
  }
  return 0;
}

int CurlLoop::onTimer(CURLM*, long milliseconds, void* self) {
  std::optional<long>& timeout = static_cast<CurlLoop*>(self)->timeout_;
  timeout.reset();
  if (milliseconds >= 0) timeout = milliseconds;
  return 0;
}

std::size_t CurlLoop::onHeader(char* line, std::size_t size, std::size_t count, void* transfer) {
  const std::string_view text(line, size * count);
  const std::size_t colon = text.find(": ");
  if (colon != std::string_view::npos) {
    static_cast<Transfer*>(transfer)->headers.emplace_back(text.substr(0, colon),
                                                           text.substr(colon + 2, text.size() - colon - 4));
  }
  return text.size();
}

std::size_t CurlLoop::onBody(char* bytes, std::size_t size, std::size_t count, void* transfer) {
  static_cast<Transfer*>(transfer)->body.append(bytes, size * count);
  return size * count;
}

void CurlLoop::addTransfer() {
  Transfer& transfer = *transfers_.emplace_back(std::make_unique<Transfer>());
  transfer.easy = curl_easy_init();
  curl_easy_setopt(transfer.easy, CURLOPT_PRIVATE, &transfer);
  curl_easy_setopt(transfer.easy, CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(transfer.easy, CURLOPT_HTTPHEADER, headers_);
  curl_easy_setopt(transfer.easy, CURLOPT_USERAGENT, "liveblocks-cpp/" LIVEBLOCKS_VERSION);
  curl_easy_setopt(transfer.easy, CURLOPT_POST, 1L);
  curl_easy_setopt(transfer.easy, CURLOPT_TIMEOUT_MS, 8000L);
  curl_easy_setopt(transfer.easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(transfer.easy, CURLOPT_PROXY, "");
  curl_easy_setopt(transfer.easy, CURLOPT_HEADERFUNCTION, &onHeader);
  curl_easy_setopt(transfer.easy, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(transfer.easy, CURLOPT_WRITEFUNCTION, &onBody);
  curl_easy_setopt(transfer.easy, CURLOPT_WRITEDATA, &transfer);
}

void CurlLoop::begin(Transfer& transfer, std::string body) {
  transfer.requestBody = std::move(body);
  transfer.headers.clear();
  transfer.body.clear();
  curl_easy_setopt(transfer.easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(transfer.requestBody.size()));
  curl_easy_setopt(transfer.easy, CURLOPT_POSTFIELDS, transfer.requestBody.data());
  curl_multi_add_handle(multi_, transfer.easy);
}

void CurlLoop::wait() {
  std::array<epoll_event, 64> events{};
  const int count = timeout_ == 0 ? 0
                                  : ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                                                 static_cast<int>(timeout_.value_or(-1)));
  int running = 0;
  if (count <= 0) {
    timeout_.reset();
    curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
  }
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events.at(static_cast<std::size_t>(i));
    const int what =
        ((event.events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) | ((event.events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0);
    curl_multi_socket_action(multi_, event.data.fd, what, &running);
  }
}

CurlLoop::Transfer* CurlLoop::takeEnded() {
  int left = 0;
  CURLMsg* const message = curl_multi_info_read(multi_, &left);
  if (message == nullptr) return nullptr;
  CURL* const easy = message->easy_handle;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-union-access): libcurl's interface.
  if (message->data.result != CURLE_OK) throw std::runtime_error("a request of the baseline failed");
  Transfer* transfer = nullptr;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
  curl_multi_remove_handle(multi_, easy);
  if (transfer->body.size() < 800) throw std::runtime_error("a response to the baseline is incomplete");
  return transfer;
}

}  // namespace liveblocks_bench
