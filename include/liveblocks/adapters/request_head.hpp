/// @file
/// How adapters read the head of a request themselves: strictly, for servers that do not. Header-only.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/adapters/token.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/request_view.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

/// A request whose body is not read yet, and what its head says about the connection.
struct RequestHead {
  http::ReceivedRequest request;
  /// Meaningless if the body is chunked.
  std::size_t length = 0;
  bool isChunked = false;
  bool isLast = false;
  bool awaitsContinue = false;
  /// To a WebSocket, and to nothing else.
  bool isUpgrade = false;

  bool hasBody() const { return isChunked || length != 0; }
};

/// Removes what may come before a head (RFC 9112 section 2.2).
inline void skipEmptyLines(std::string& input) {
  std::size_t size = 0;
  while (input.compare(size, 2, "\r\n") == 0) size += 2;
  input.erase(0, size);
}

/// The size of the head that the input begins with; 0 if it is incomplete, and more than the limit if it is too large.
/// A bare line feed ends it, because it is refused.
inline std::size_t endOfHead(std::string_view input, std::size_t limit) {
  for (std::size_t at = input.find('\n'); at != std::string_view::npos; at = input.find('\n', at + 1)) {
    const bool isBare = at == 0 || input[at - 1] != '\r';
    if (isBare || input.compare(at, 3, "\n\r\n") == 0) return isBare ? at + 1 : at + 3;
  }
  return input.size() > limit ? input.size() : 0;
}

/// Reads the text of a head: no bare line feeds, no folded lines, one length, one host.
class RequestHeadReader {
 public:
  /// The status of the refusal if the text is no such head.
  static std::optional<int> read(std::string_view text, RequestHead& head) {
    RequestHeadReader reader(head);
    if (!reader.readAll(text)) return reader.status_;
    return std::nullopt;
  }

 private:
  explicit RequestHeadReader(RequestHead& head) : head_(head) {}

  bool readAll(std::string_view text) {
    if (!readRequestLine(takeLine(text))) return false;
    while (!text.empty()) {
      const std::string_view line = takeLine(text);
      if (line.empty()) return text.empty() && interpret();
      if (!readField(line)) return false;
    }
    return false;
  }

  /// A line that ends with anything but CR LF keeps a control character, and is refused for it.
  static std::string_view takeLine(std::string_view& text) {
    const std::size_t end = text.find("\r\n");
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
    return line;
  }

  /// Accepts only targets that begin with one slash, without a fragment: routers differ in what they make of others.
  bool readRequestLine(std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return false;
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (!isToken(method) || method == "CONNECT" || target.substr(0, 1) != "/" || target.substr(0, 2) == "//")
      return false;
    const bool isPlain =
        std::all_of(target.begin(), target.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '#'; });
    if (!isPlain) return false;
    if (version.size() != 8 || version.substr(0, 5) != "HTTP/") return false;
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return fail(505);
    isOld_ = version == "HTTP/1.0";
    head_.isLast = isOld_;
    head_.request.method = method;
    head_.request.url = target;
    return true;
  }

  bool readField(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !isToken(line.substr(0, colon))) return false;
    const std::string_view value = trimmed(line.substr(colon + 1));
    const bool isText = std::all_of(value.begin(), value.end(), [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return byte == '\t' || (byte >= ' ' && byte != 0x7f);
    });
    if (!isText) return false;
    if (head_.request.headers.size() == maxFields) return fail(431);
    head_.request.headers.emplace_back(line.substr(0, colon), value);
    return true;
  }

  /// RFC 9112 section 6.3.
  bool interpret() {
    for (const auto& [name, value] : head_.request.headers) {
      if (!interpretField(lowerCase(name), value)) return false;
    }
    if (hosts_ > 1 || (hosts_ == 0 && !isOld_)) return false;
    if (lengths_ + codings_ > 1 || (codings_ != 0 && isOld_)) return false;
    // RFC 9110 section 10.1.1.
    if (isOld_) head_.awaitsContinue = false;
    head_.isUpgrade = upgrades_ == 1 && isWebSocket_ && isUpgradeRequested_;
    return !head_.isUpgrade || (head_.request.method == "GET" && !isOld_ && !head_.hasBody());
  }

  bool interpretField(const std::string& name, const std::string& value) {
    if (name == "host") ++hosts_;
    if (name == "upgrade") {
      ++upgrades_;
      isWebSocket_ = lowerCase(value) == "websocket";
    }
    if (name == "connection") interpretConnection(lowerCase(value));
    if (name == "content-length") return ++lengths_ == 1 && readLength(value);
    if (name == "expect") {
      head_.awaitsContinue = lowerCase(value) == "100-continue";
      return head_.awaitsContinue || fail(417);
    }
    if (name != "transfer-encoding") return true;
    ++codings_;
    head_.isChunked = lowerCase(value) == "chunked";
    return head_.isChunked || fail(501);
  }

  void interpretConnection(std::string_view options) {
    if (options.find("close") != std::string_view::npos) head_.isLast = true;
    while (!options.empty()) {
      const std::size_t end = (std::min)(options.find(','), options.size());
      if (trimmed(options.substr(0, end)) == "upgrade") isUpgradeRequested_ = true;
      options.remove_prefix((std::min)(end + 1, options.size()));
    }
  }

  bool readLength(std::string_view digits) {
    constexpr auto maxDigits = static_cast<std::size_t>(std::numeric_limits<std::size_t>::digits10);
    if (digits.empty() || digits.size() > maxDigits) return false;
    return std::all_of(digits.begin(), digits.end(), [this](char digit) {
      head_.length = head_.length * 10 + static_cast<std::size_t>(digit - '0');
      return digit >= '0' && digit <= '9';
    });
  }

  bool fail(int status) {
    status_ = status;
    return false;
  }

  static std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
  }

  static std::string lowerCase(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
  }

  static constexpr std::size_t maxFields = 200;

  RequestHead& head_;
  int status_ = 400;
  int hosts_ = 0;
  int lengths_ = 0;
  int codings_ = 0;
  int upgrades_ = 0;
  bool isOld_ = false;
  bool isWebSocket_ = false;
  bool isUpgradeRequested_ = false;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
