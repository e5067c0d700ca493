/// Collects a response as it arrives, within limits.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include <liveblocks/core/error.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// Bytes of all header lines of an exchange together, those of interim responses and trailers included.
constexpr std::size_t maxHeaderBytes = std::size_t{64} * 1024;
/// Header fields of a response.
constexpr std::size_t maxHeaderFields = 256;

class ResponseReader {
 public:
  explicit ResponseReader(std::size_t maxBody) noexcept : maxBody_(maxBody) {}

  /// Takes one line of a header section: a status line, a field, or the empty line at its end. An interim response
  /// (1xx) makes way for the next one; trailers are dropped. False: stop, `failure()` says why.
  bool addHeaderLine(std::string_view line) noexcept;
  bool addBody(std::string_view bytes) noexcept;

  /// Whether the connection must not be used again: what the server sends on it may not be a response.
  bool mustClose() const noexcept { return mustClose_; }
  /// Why it took no more.
  const std::optional<Error>& failure() const noexcept { return failure_; }

  /// Whether the header section of the final response is there.
  bool hasHeaders() const noexcept { return headersDone_; }
  /// The response, once all has come. An error when there was no final status.
  Result<Response> finish();

 private:
  bool stop(Errc code, const char* message) noexcept;
  bool takeHeaderLine(std::string_view line);
  bool takeStatusLine(std::string_view line);
  bool takeField(std::string_view line);

  const std::size_t maxBody_;
  std::size_t headerBytes_ = 0;
  bool interimDone_ = false;
  bool headersDone_ = false;
  bool mustClose_ = false;
  Response response_;
  std::optional<Error> failure_;
};

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
