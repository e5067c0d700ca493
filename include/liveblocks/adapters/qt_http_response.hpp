/// @file
/// The messages that the adapter of Qt HttpServer writes: requests to the server, and responses to clients.
/// Header-only.
#pragma once

#include <liveblocks/adapters/qt_http_head.hpp>
#include <liveblocks/adapters/qt_http_rules.hpp>

#include <QtCore/qbytearray.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/clerk/request_state.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

inline bool equalsIgnoringCase(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

/// The request as the server reads it: its body has a length, and the key of its state is the only one.
inline QByteArray qtRequest(const QtHead& head, const QByteArray& key) {
  const http::ReceivedRequest& request = head.request;
  std::string text = request.method + " " + request.url + " HTTP/1.1\r\n";
  for (const auto& [name, value] : request.headers) {
    bool isOwn = false;
    for (const char* own : {"content-length", "transfer-encoding", "expect", QtStates::header()}) {
      isOwn = isOwn || equalsIgnoringCase(name, own);
    }
    if (!isOwn) text.append(name).append(": ").append(value).append("\r\n");
  }
  if (!request.body.empty()) text.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
  if (!key.isEmpty()) text.append(QtStates::header()).append(": ").append(key.constData()).append("\r\n");
  text.append("\r\n").append(request.body);
  return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

inline void appendHeaders(std::string& text, const std::optional<clerk::RequestState>& state, bool isLast) {
  if (state) {
    for (const http::Header& header : state->headers()) {
      text.append(header.name).append(": ").append(header.value).append("\r\n");
    }
  }
  if (isLast) text.append("Connection: close\r\n");
}

/// A response of the library. That of a guard has the headers of its state already.
inline std::string qtResponseText(const http::Response& response, const std::optional<clerk::RequestState>& state,
                                  bool isLast, bool hasBody) {
  std::string text = "HTTP/1.1 " + std::to_string(response.status) + " \r\n";
  for (const http::Header& header : response.headers) {
    text.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  text.append("Content-Length: ").append(std::to_string(response.body.size())).append("\r\n");
  appendHeaders(text, state, isLast);
  text.append("\r\n");
  if (hasBody) text.append(response.body);
  return text;
}

/// Follows a response of the server to its end.
class QtResponse {
 public:
  explicit QtResponse(bool isHead) : isHead_(isHead) {}

  /// The bytes to send for bytes of the server.
  std::string relay(std::string_view bytes, const std::optional<clerk::RequestState>& state, bool isLast) {
    if (!isHeadRead_) return relayHead(bytes, state, isLast);
    return relayBody(bytes);
  }

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
    if (status_ == 101) left_.reset();
  }

  bool isHead_;
  bool isHeadRead_ = false;
  int status_ = 0;
  std::string head_;
  /// Of the body; nullopt if its length is unknown.
  std::optional<std::size_t> left_;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
