/// @file
/// The messages that adapters write themselves: requests to a server, and responses to clients. Header-only.
#pragma once

#include <liveblocks/adapters/request_head.hpp>
#include <liveblocks/adapters/request_states.hpp>

#include <algorithm>
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

/// The request as the server reads it: its body has a length, the key of its state is the only one, and it asks for no
/// upgrade unless it is one.
inline std::string requestText(const RequestHead& head, const std::string& key) {
  const http::ReceivedRequest& request = head.request;
  std::string text = request.method + " " + request.url + " HTTP/1.1\r\n";
  for (const auto& [name, value] : request.headers) {
    bool isOwn = false;
    for (const char* own : {"content-length", "transfer-encoding", "expect", RequestStates::header()}) {
      isOwn = isOwn || equalsIgnoringCase(name, own);
    }
    if (equalsIgnoringCase(name, "upgrade")) isOwn = !head.isUpgrade;
    if (!isOwn) text.append(name).append(": ").append(value).append("\r\n");
  }
  if (!request.body.empty()) text.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
  if (!key.empty()) text.append(RequestStates::header()).append(": ").append(key).append("\r\n");
  text.append("\r\n").append(request.body);
  return text;
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
inline std::string responseText(const http::Response& response, const std::optional<clerk::RequestState>& state,
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

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
