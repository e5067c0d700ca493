#include "http/curl/easy_handle.hpp"

#include <new>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {

long numberOf(CURL* easy, CURLINFO info) noexcept {
  long number = 0;
  curl_easy_getinfo(easy, info, &number);
  return number;
}

curl_off_t timeOf(CURL* easy, CURLINFO info) noexcept {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(easy, info, &microseconds);
  return microseconds;
}

}  // namespace

EasyHandle::EasyHandle(std::string_view origin) : origin_(origin), easy_(curl_easy_init()) {
  if (!easy_) throw std::bad_alloc();
  reset();
}

bool EasyHandle::isResolved() const noexcept { return timeOf(get(), CURLINFO_NAMELOOKUP_TIME_T) > 0; }

bool EasyHandle::hasResponseBegun() const noexcept { return timeOf(get(), CURLINFO_STARTTRANSFER_TIME_T) > 0; }

bool EasyHandle::wasConnectionKept() const noexcept { return numberOf(get(), CURLINFO_NUM_CONNECTS) == 0; }

long EasyHandle::tunnelStatus() const noexcept { return numberOf(get(), CURLINFO_HTTP_CONNECTCODE); }

void EasyHandle::reset() noexcept {
  curl_easy_reset(get());
  clearErrorText();
  curl_easy_setopt(get(), CURLOPT_ERRORBUFFER, errorText_.data());
  // Here rather than with the other options, for the clean-up of an idle handle asks for it too.
  curl_easy_setopt(get(), CURLOPT_NOSIGNAL, 1L);
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
