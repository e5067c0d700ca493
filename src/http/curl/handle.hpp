/// A libcurl handle with the connection it keeps.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <curl/curl.h>
#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// Serves one exchange at a time, always with the same origin, and keeps one connection between them.
///
/// The easy handle runs inside a multi handle of its own: that is what libcurl does for an easy transfer anyway, and it
/// lets us look at `Call::cancelled` while waiting. Nothing is shared with other handles.
class Handle {
 public:
  /// Throws `std::bad_alloc`.
  explicit Handle(std::string_view origin);
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle();

  CURL* easy() noexcept { return easy_.get(); }
  const std::string& origin() const noexcept { return origin_; }
  /// What libcurl says about the last failure; may be empty.
  std::string_view errorText() const noexcept { return errorText_.data(); }

  /// Runs the exchange that the easy handle has been set up for. nullopt: `call.cancelled` ended it.
  std::optional<CURLcode> perform(const Call& call);

  // What is known of the last exchange, until the reset.
  bool isResolved() const noexcept;
  /// A byte of the answer has come.
  bool hasAnswerBegun() const noexcept;
  /// It went over the connection that had been kept.
  bool wasConnectionKept() const noexcept;
  /// What a proxy said when it was asked for a tunnel; 0 when none was asked.
  long tunnelStatus() const noexcept;

  /// Forgets everything about the last exchange but its connection.
  void reset() noexcept;

 private:
  struct EasyDeleter {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
  };
  struct MultiDeleter {
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
  };

  std::string origin_;
  std::array<char, CURL_ERROR_SIZE> errorText_{};
  std::unique_ptr<CURLM, MultiDeleter> multi_;
  std::unique_ptr<CURL, EasyDeleter> easy_;
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
