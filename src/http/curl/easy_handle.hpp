/// A transfer of libcurl, and what is known of it afterwards.
#pragma once

#include <array>
#include <memory>
#include <new>
#include <string>
#include <string_view>

#include <curl/curl.h>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// Serves one exchange at a time, always with the same origin.
class EasyHandle {
 public:
  /// Throws `std::bad_alloc`.
  explicit EasyHandle(std::string_view origin) : origin_(origin), easy_(curl_easy_init()) {
    if (!easy_ || reset() != CURLE_OK) throw std::bad_alloc();
  }
  EasyHandle(const EasyHandle&) = delete;
  EasyHandle& operator=(const EasyHandle&) = delete;
  ~EasyHandle() = default;

  CURL* get() const noexcept { return easy_.get(); }
  const std::string& origin() const noexcept { return origin_; }
  /// What libcurl says about the last failure; may be empty.
  std::string_view errorText() const noexcept { return errorText_.data(); }

  // What is known of the last exchange, until the next one. Where libcurl does not tell, nothing is sent again.
  bool isResolved() const noexcept { return timeOf(CURLINFO_NAMELOOKUP_TIME_T) > 0; }
  /// Whether a byte of the response has arrived.
  bool hasResponseBegun() const noexcept { return timeOf(CURLINFO_STARTTRANSFER_TIME_T, 1) > 0; }
  /// It went over a connection that had been kept.
  bool wasConnectionKept() const noexcept { return numberOf(CURLINFO_NUM_CONNECTS, 1) == 0; }
  /// What a proxy said when it was asked for a tunnel; 0 when none was asked.
  long tunnelStatus() const noexcept { return numberOf(CURLINFO_HTTP_CONNECTCODE); }

  /// Forgets all options.
  CURLcode reset() noexcept {
    curl_easy_reset(get());
    clearErrorText();
    curl_easy_setopt(get(), CURLOPT_ERRORBUFFER, errorText_.data());
    // Here rather than with the other options, for the clean-up of an idle handle asks for it too.
    return curl_easy_setopt(get(), CURLOPT_NOSIGNAL, 1L);
  }

  /// Forgets the last failure.
  void clearErrorText() noexcept { errorText_[0] = '\0'; }

 private:
  struct Deleter {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
  };

  long numberOf(CURLINFO info, long ifUnknown = 0) const noexcept {
    long number = ifUnknown;
    curl_easy_getinfo(get(), info, &number);
    return number;
  }

  curl_off_t timeOf(CURLINFO info, curl_off_t ifUnknown = 0) const noexcept {
    curl_off_t microseconds = ifUnknown;
    curl_easy_getinfo(get(), info, &microseconds);
    return microseconds;
  }

  std::string origin_;
  std::array<char, CURL_ERROR_SIZE> errorText_{};
  std::unique_ptr<CURL, Deleter> easy_;
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
