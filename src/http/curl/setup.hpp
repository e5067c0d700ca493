/// The options of a transfer.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <curl/curl.h>

#include <liveblocks/http/message.hpp>
#include <liveblocks/http/transport.hpp>

#include "http/curl/request.hpp"
#include "http/curl/response.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

/// What is the same for all exchanges of a transport.
struct Settings {
  std::chrono::milliseconds connectTimeout;
  std::string proxy;
  std::string caFile;
  std::string userAgent;
  std::size_t maxIdleConnections;
};

/// How a request is sent, apart from what it says.
struct Method {
  std::string name;
  bool sendsBody = false;
};

bool operator==(const Method& left, const Method& right) noexcept;

/// With POST, PUT and PATCH an empty body is sent too.
Method methodOf(const Request& request);

/// Where a transfer puts what arrives. It must stay where it is.
struct Receiver {
  CURL* easy = nullptr;
  std::optional<ResponseReader> reader = {};
};

/// The options that stay while a handle serves one host and one method. Throws `std::bad_alloc`.
CURLcode setFixedOptions(const Host& host, const Method& method, Receiver& receiver, const Settings& settings);

/// For handles that share connections: they wait for a new one to become HTTP/2 rather than making their own, and have
/// a small buffer, since many may be in flight.
CURLcode setSharing(CURL* easy, const Host& host, const Settings& settings) noexcept;

/// The line of the request that a server or a proxy sees (RFC 9112 §3.2).
std::string requestTarget(const Host& host, const UrlParts& parts, const Settings& settings);
CURLcode setTarget(CURL* easy, const std::string& target) noexcept;

/// The other options. They borrow the body and the lines.
CURLcode setOwnOptions(CURL* easy, const Method& method, std::string_view body, RequestLines& lines, const Call& call,
                       const Settings& settings) noexcept;

/// Which connection a transfer uses. libcurl sends a request again when a connection that it reused breaks before the
/// response. Over HTTP/2 other transfers may join a new connection, which is reused then for the first one, too:
/// `alone` is a new one over HTTP/1.1, where they cannot.
enum class ConnectionUse { any, fresh, alone };
CURLcode setConnectionUse(CURL* easy, ConnectionUse use) noexcept;

/// Rounded up to whole milliseconds and bounded to a day; 0 when the deadline has passed.
std::chrono::milliseconds timeUntil(Deadline deadline) noexcept;

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
