#include "http/curl/exchange.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/text.hpp"
#include "http/curl/request.hpp"
#include "http/curl/response.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {
/// libcurl counts in milliseconds and may end a transfer one early.
constexpr std::chrono::milliseconds timerSlack{2};

Errc codeOfTimeout(const Handle& handle, std::chrono::milliseconds timeLeft) noexcept {
  if (timeLeft <= timerSlack) return Errc::timeout;
  return handle.isResolved() ? Errc::connect : Errc::resolve;
}

/// Before 8.6 libcurl reports an endless header as a lack of memory. `ResponseReader` knows if memory was really
/// lacking.
bool isEndlessHeader(CURLcode code, const Handle& handle) noexcept {
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

}  // namespace

Error describeFailure(CURLcode code, const Handle& handle, std::chrono::milliseconds timeLeft) {
  if (isEndlessHeader(code, handle)) {
    return {Errc::tooLarge, withOrigin("a header line of the response is too long", handle.origin())};
  }
  if (const long status = handle.tunnelStatus(); status >= 300) {
    const std::string text = "the proxy refused the connection with status " + std::to_string(status);
    return {Errc::connect, withOrigin(text, handle.origin())};
  }
  const Errc ours = code == CURLE_OPERATION_TIMEDOUT ? codeOfTimeout(handle, timeLeft) : codeOf(code);
  std::string text = headline(ours);
  if (mayQuote(ours)) {
    text.append(": ").append(handle.errorText().empty() ? curl_easy_strerror(code) : handle.errorText());
  }
  return {ours, withOrigin(std::move(text), handle.origin())};
}

Error cancelledError() { return {Errc::cancelled, "the call was cancelled"}; }

namespace {

using std::chrono::milliseconds;

// Returning less than `size` tells libcurl to stop.
std::size_t onHeaderLine(char* data, std::size_t, std::size_t size, void* reader) noexcept {
  return static_cast<ResponseReader*>(reader)->addHeaderLine({data, size}) ? size : 0;
}

std::size_t onBody(char* data, std::size_t, std::size_t size, void* reader) noexcept {
  return static_cast<ResponseReader*>(reader)->addBody({data, size}) ? size : 0;
}

/// Sets options until one is refused.
class Options {
 public:
  explicit Options(CURL* easy) noexcept : easy_(easy) {}

  template <class T>
  void set(CURLoption option, T value) noexcept {
    if (code_ == CURLE_OK) code_ = curl_easy_setopt(easy_, option, value);
  }

  /// For options that older or smaller builds of libcurl lack. Failures are ignored.
  template <class T>
  void setIfKnown(CURLoption option, T value) noexcept {
    curl_easy_setopt(easy_, option, value);
  }

  CURLcode code() const noexcept { return code_; }

 private:
  CURL* easy_;
  CURLcode code_ = CURLE_OK;
};

void setSafety(Options& options, const Target& target) noexcept {
  options.set(CURLOPT_FOLLOWLOCATION, 0L);
#if LIBCURL_VERSION_NUM >= 0x075500
  options.set(CURLOPT_PROTOCOLS_STR, target.secure ? "https" : "http");
#else
  options.set(CURLOPT_PROTOCOLS, static_cast<long>(target.secure ? CURLPROTO_HTTPS : CURLPROTO_HTTP));
#endif
#if LIBCURL_VERSION_NUM >= 0x075700
  options.setIfKnown(CURLOPT_QUICK_EXIT, 1L);
#endif
}

/// Whether the request is written to a proxy, which then needs to be told the origin (RFC 9112 §3.2.2).
bool asksProxy(const Target& target, const Settings& settings) noexcept {
  return !target.secure && !target.loopback && ascii::startsWith(ascii::lower(settings.proxy), "http");
}

std::string requestTarget(const Target& target, const Settings& settings) {
  return asksProxy(target, settings) ? std::string(target.origin) + target.pathAndQuery : target.pathAndQuery;
}

void setConnection(Options& options, const Target& target, const Settings& settings) {
  options.set(CURLOPT_CURLU, target.url.get());
  options.set(CURLOPT_REQUEST_TARGET, requestTarget(target, settings).c_str());
  options.setIfKnown(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  options.set(CURLOPT_USERAGENT, settings.userAgent.c_str());
  // Both are always set, or libcurl would read the *_proxy variables of the environment.
  options.set(CURLOPT_PROXY, settings.proxy.c_str());
  options.set(CURLOPT_NOPROXY, target.loopback ? "*" : "");
  options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

/// For the server and for a proxy that speaks TLS.
void setTls(Options& options, const Settings& settings) noexcept {
  options.set(CURLOPT_SSL_VERIFYPEER, 1L);
  options.set(CURLOPT_SSL_VERIFYHOST, 2L);
  options.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  options.setIfKnown(CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (settings.caFile.empty()) return;
  // In place of the system's certificates, not beside them.
  options.set(CURLOPT_CAINFO, settings.caFile.c_str());
  options.set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  options.setIfKnown(CURLOPT_PROXY_CAINFO, settings.caFile.c_str());
  options.setIfKnown(CURLOPT_PROXY_CAPATH, static_cast<const char*>(nullptr));
}

void setTimes(Options& options, milliseconds timeLeft, milliseconds connectTimeout) noexcept {
  options.set(CURLOPT_TIMEOUT_MS, static_cast<long>(timeLeft.count()));
  options.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(connectTimeout, timeLeft).count()));
}

void setRequest(Options& options, const Request& request, bool once, RequestLines& lines) noexcept {
  // libcurl sends a request again when a connection that it reused breaks before the response.
  if (once) options.set(CURLOPT_FRESH_CONNECT, 1L);
  const bool hasBody =
      !request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
  if (hasBody) {
    options.set(CURLOPT_POST, 1L);
    options.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    options.set(CURLOPT_POSTFIELDS, request.body.data());
  } else {
    options.set(request.method == "HEAD" ? CURLOPT_NOBODY : CURLOPT_HTTPGET, 1L);
  }
  options.set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  options.set(CURLOPT_HTTPHEADER, lines.list());
}

void setReader(Options& options, ResponseReader& reader, bool mayHaveBody, std::size_t maxBody) noexcept {
  // Refuses by Content-Length, before the body comes. It knows no limit of 0, which is left to `onBody`.
  constexpr auto most = static_cast<std::size_t>(std::numeric_limits<curl_off_t>::max());
  if (mayHaveBody) options.set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(std::min(maxBody, most)));
  options.set(CURLOPT_HEADERFUNCTION, &onHeaderLine);
  options.set(CURLOPT_HEADERDATA, static_cast<void*>(&reader));
  options.set(CURLOPT_WRITEFUNCTION, &onBody);
  options.set(CURLOPT_WRITEDATA, static_cast<void*>(&reader));
}

/// Rounded up to whole milliseconds and bounded to a day; 0 when the deadline has passed.
milliseconds timeUntil(Deadline deadline) noexcept {
  const auto now = Deadline::clock::now();
  if (deadline <= now) return milliseconds(0);
  return std::min<milliseconds>(std::chrono::ceil<milliseconds>(deadline - now), std::chrono::hours(24));
}

}  // namespace

Result<Response> exchange(Handle& handle, const Target& target, const Request& request, const Call& call,
                          const Settings& settings) {
  const milliseconds timeLeft = timeUntil(call.deadline);
  if (timeLeft == milliseconds(0)) return Error{Errc::timeout, "the deadline had passed before the request was sent"};
  if (call.cancelled && call.cancelled()) return cancelledError();

  RequestLines lines(request);
  ResponseReader reader(call.maxBody);
  Options options(handle.easy());
  setSafety(options, target);
  setConnection(options, target, settings);
  setTls(options, settings);
  setTimes(options, timeLeft, settings.connectTimeout);
  setRequest(options, request, call.once, lines);
  setReader(options, reader, request.method != "HEAD", call.maxBody);
  if (options.code() != CURLE_OK) return Error{Errc::internal, "libcurl refused an option that the request needs"};

  const std::optional<CURLcode> code = handle.perform(call);
  if (reader.failure()) return *reader.failure();
  if (!code) return cancelledError();
  if (*code != CURLE_OK) return describeFailure(*code, handle, timeUntil(call.deadline));
  return reader.finish();
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
