/// @file
/// The messages that the adapter of Qt HttpServer writes: requests to the server, and responses to clients.
/// Header-only.
#pragma once

#include <liveblocks/adapters/message_text.hpp>

#include <cstddef>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/clerk/request_state.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

/// Follows a response of the server to its end.
class QtResponse {
 public:
  explicit QtResponse(const RequestHead& request)
      : isHead_(request.request.method == "HEAD"), isForUpgrade_(request.isUpgrade) {}

  /// The bytes to send for bytes of the server.
  std::string relay(std::string_view bytes, const std::optional<clerk::RequestState>& state, bool isLast) {
    if (!isHeadRead_) return relayHead(bytes, state, isLast);
    return relayBody(bytes);
  }

  bool hasBegun() const { return isHeadRead_; }
  bool isUpgrade() const { return isHeadRead_ && status_ == 101; }
  /// The server does not say where the response ends: nothing can follow it on the connection.
  bool isWithoutEnd() const { return isHeadRead_ && !left_; }
  bool isComplete() const { return isHeadRead_ && left_ && *left_ == 0; }

 private:
  std::string relayHead(std::string_view bytes, const std::optional<clerk::RequestState>& state, bool isLast) {
    head_.append(bytes);
    const std::size_t end = head_.find("\r\n\r\n");
    if (end == std::string::npos) return {};
    isHeadRead_ = true;
    const std::string rest = head_.substr(end + 4);
    head_.resize(end + 2);
    interpret();
    appendHeaders(head_, state, status_ != 101 && (isLast || !left_));
    return head_ + "\r\n" + relayBody(rest);
  }

  std::string relayBody(std::string_view bytes) {
    if (left_) {
      bytes = bytes.substr(0, *left_);
      *left_ -= bytes.size();
    }
    return isHead_ ? std::string() : std::string(bytes);
  }

  void interpret() {
    const std::size_t space = head_.find(' ');
    if (space != std::string::npos) status_ = std::atoi(head_.c_str() + space);
    for (std::size_t at = head_.find("\r\n") + 2; at < head_.size(); at = head_.find("\r\n", at) + 2) {
      constexpr std::string_view name = "content-length:";
      if (equalsIgnoringCase(std::string_view(head_).substr(at, name.size()), name)) {
        left_ = static_cast<std::size_t>(std::strtoull(head_.c_str() + at + name.size(), nullptr, 10));
      }
    }
    // Qt 6.8 refuses an upgrade without a length.
    if (isForUpgrade_ && !left_) left_ = 0;
    if (status_ == 101) left_.reset();
  }

  bool isHead_;
  bool isForUpgrade_;
  bool isHeadRead_ = false;
  int status_ = 0;
  std::string head_;
  /// Of the body; nullopt if its length is unknown.
  std::optional<std::size_t> left_;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
