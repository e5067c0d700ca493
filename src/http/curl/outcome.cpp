#include "http/curl/outcome.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "core/time.hpp"
#include "http/curl/setup.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {
Errc codeOfTimeout(const EasyHandle& handle, std::chrono::milliseconds timeLeft) noexcept {
  if (timeLeft <= timing::timerSlack) return Errc::timeout;
  return handle.isResolved() ? Errc::connect : Errc::resolve;
}

/// Before 8.6 libcurl reports an endless header as a lack of memory. `ResponseReader` knows if memory was really
/// lacking.
bool isEndlessHeader(CURLcode code, const EasyHandle& handle) noexcept {
#if LIBCURL_VERSION_NUM >= 0x080600
  if (code == CURLE_TOO_LARGE) return true;
#endif
  return code == CURLE_OUT_OF_MEMORY && handle.hasResponseBegun();
}

Errc codeOf(CURLcode code) noexcept {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return Errc::resolve;
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
    case CURLE_INTERFACE_FAILED:
      return Errc::connect;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_USE_SSL_FAILED:
      return Errc::tls;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return Errc::reset;
    case CURLE_FILESIZE_EXCEEDED:
      return Errc::tooLarge;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:  // HTTP/0.9: the scheme of the URL has been checked before.
    case CURLE_BAD_CONTENT_ENCODING:
      return Errc::upstream;
    case CURLE_URL_MALFORMAT:
      return Errc::invalidRequest;
    default:
      return Errc::internal;
  }
}

const char* headline(Errc code) noexcept {
  switch (code) {
    case Errc::timeout:
      return "the deadline passed";
    case Errc::resolve:
      return "the host name did not resolve";
    case Errc::connect:
      return "the connection could not be made";
    case Errc::tls:
      return "the TLS handshake failed";
    case Errc::reset:
      return "the connection broke before the whole response had come";
    case Errc::tooLarge:
      return "the response is larger than the caller allows";
    case Errc::upstream:
      return "the server does not speak HTTP as expected";
    case Errc::invalidRequest:
      return "the request cannot be sent";
    default:
      return "libcurl failed";
  }
}

/// libcurl's own text names ports and certificates, and the host here and there. What it says about a response could
/// quote the response.
bool mayQuote(Errc code) noexcept { return code != Errc::upstream && code != Errc::tooLarge; }

/// Says who was asked, unless the text does.
std::string withOrigin(std::string text, const std::string& origin) {
  const std::size_t host = origin.find("://") + 3;
  if (text.find(origin.substr(host)) != std::string::npos) return text;
  return text.append(" (").append(origin).append(")");
}

/// libcurl's text, or what is known without it.
std::string detailsOf(CURLcode code, const EasyHandle& handle) {
  if (!handle.errorText().empty()) return std::string(handle.errorText());
  if (code != CURLE_OPERATION_TIMEDOUT) return curl_easy_strerror(code);
  return handle.hasResponseBegun() ? "the response was not complete" : "there was no response";
}

Error describeFailure(CURLcode code, const EasyHandle& handle, std::chrono::milliseconds timeLeft) {
  if (isEndlessHeader(code, handle)) {
    return {Errc::tooLarge, withOrigin("a header line of the response is too long", handle.origin())};
  }
  if (const long status = handle.tunnelStatus(); status >= 300) {
    const std::string text = "the proxy refused the connection with status " + std::to_string(status);
    return {Errc::connect, withOrigin(text, handle.origin())};
  }
  const Errc ours = code == CURLE_OPERATION_TIMEDOUT ? codeOfTimeout(handle, timeLeft) : codeOf(code);
  std::string text = headline(ours);
  if (mayQuote(ours)) text.append(": ").append(detailsOf(code, handle));
  return {ours, withOrigin(std::move(text), handle.origin())};
}

/// Without its text if there is no memory for that.
Error errorOf(Errc code, const char* text) noexcept {
  try {
    return {code, text};
  } catch (...) {
    return {code, {}};
  }
}

}  // namespace

Result<Response> outcomeOf(CURLcode code, ResponseReader& reader, const EasyHandle& handle, Deadline deadline) {
  if (reader.failure()) return *reader.failure();
  if (code != CURLE_OK) return describeFailure(code, handle, timeUntil(deadline));
  return reader.finish();
}

std::optional<Error> refusal(const Call& call) {
  if (timeUntil(call.deadline).count() == 0) {
    return Error{Errc::timeout, "the deadline had passed before the request was sent"};
  }
  if (call.cancellation.isCancelled() || (call.cancelled && call.cancelled())) return cancelledError();
  return std::nullopt;
}

Error cancelledError() noexcept { return errorOf(Errc::cancelled, "the call was cancelled"); }

bool isStale(const EasyHandle& handle, const Error& error) noexcept {
  return error.code == Errc::reset && handle.wasConnectionKept() && !handle.hasResponseBegun();
}

Error optionError() noexcept { return errorOf(Errc::internal, "libcurl refused an option that the request needs"); }

Error outOfMemoryError() noexcept { return errorOf(Errc::internal, "out of memory"); }

Error brokenCallError() noexcept { return errorOf(Errc::internal, "Call::cancelled threw"); }

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
