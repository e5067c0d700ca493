/// The header section of a request in the form libcurl takes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>
#include <liveblocks/core/error.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// `Errc::invalidRequest` for a method or a header that could break the framing of the message, or that is the
/// transport's own.
std::optional<Error> checkRequest(const Request& request);

/// Holds the lines for the time of one exchange, then overwrites them: they carry secret keys.
class RequestLines {
 public:
  /// `request` has passed `checkRequest`.
  explicit RequestLines(const Request& request);
  RequestLines(const RequestLines&) = delete;
  RequestLines& operator=(const RequestLines&) = delete;
  ~RequestLines();

  curl_slist* list() noexcept { return nodes_.data(); }

 private:
  void add(std::string_view name, std::string_view separator, std::string_view value);

  std::string text_;
  std::vector<curl_slist> nodes_;
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
