#include "http/curl/setup.hpp"

#include <algorithm>
#include <limits>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {

using std::chrono::milliseconds;

/// In bytes, for each exchange in flight. Most responses are smaller.
constexpr long bufferSize = 4096;

// Returning less than `size` tells libcurl to stop.
std::size_t onHeaderLine(char* data, std::size_t, std::size_t size, void* pointer) noexcept {
  Receiver& receiver = *static_cast<Receiver*>(pointer);
  const bool taken = receiver.reader->addHeaderLine({data, size});
  const bool isReused =
      receiver.reader->mustClose() && curl_easy_setopt(receiver.easy, CURLOPT_FORBID_REUSE, 1L) != CURLE_OK;
  return taken && !isReused ? size : 0;
}

std::size_t onBody(char* data, std::size_t, std::size_t size, void* pointer) noexcept {
  return static_cast<Receiver*>(pointer)->reader->addBody({data, size}) ? size : 0;
}

/// Sets options until one is refused.
class Options {
 public:
  explicit Options(CURL* easy) noexcept : easy_(easy) {}

  template <class T>
  void set(CURLoption option, T value) noexcept {
    if (code_ == CURLE_OK) code_ = curl_easy_setopt(easy_, option, value);
  }

  /// For options or values that older or smaller builds of libcurl lack.
  template <class T>
  void setIfKnown(CURLoption option, T value) noexcept {
    if (code_ != CURLE_OK) return;
    const CURLcode code = curl_easy_setopt(easy_, option, value);
    const bool isUnknown =
        code == CURLE_UNKNOWN_OPTION || code == CURLE_NOT_BUILT_IN || code == CURLE_UNSUPPORTED_PROTOCOL;
    if (!isUnknown) code_ = code;
  }

  CURLcode code() const noexcept { return code_; }

 private:
  CURL* easy_;
  CURLcode code_ = CURLE_OK;
};

void setSafety(Options& options, const Host& host) noexcept {
  options.set(CURLOPT_FOLLOWLOCATION, 0L);
#if LIBCURL_VERSION_NUM >= 0x075500
  options.set(CURLOPT_PROTOCOLS_STR, host.secure ? "https" : "http");
#else
  options.set(CURLOPT_PROTOCOLS, static_cast<long>(host.secure ? CURLPROTO_HTTPS : CURLPROTO_HTTP));
#endif
#if LIBCURL_VERSION_NUM >= 0x075700
  options.setIfKnown(CURLOPT_QUICK_EXIT, 1L);
#endif
}

void setVersion(Options& options, ConnectionUse use) noexcept {
  const long version = use == ConnectionUse::alone ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS;
  options.setIfKnown(CURLOPT_HTTP_VERSION, version);
}

void setConnection(Options& options, const Host& host, const Settings& settings) noexcept {
  options.set(CURLOPT_CURLU, host.url.get());
  setVersion(options, ConnectionUse::any);
  options.set(CURLOPT_USERAGENT, settings.userAgent.c_str());
  // Both are always set, or libcurl would read the *_proxy variables of the environment.
  options.set(CURLOPT_PROXY, settings.proxy.c_str());
  options.set(CURLOPT_NOPROXY, host.loopback ? "*" : "");
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

void setMethod(Options& options, const Method& method) noexcept {
  if (method.sendsBody) {
    options.set(CURLOPT_POST, 1L);
  } else {
    options.set(method.name == "HEAD" ? CURLOPT_NOBODY : CURLOPT_HTTPGET, 1L);
  }
  options.set(CURLOPT_CUSTOMREQUEST, method.name.c_str());
}

void setReceiver(Options& options, Receiver& receiver) noexcept {
  options.set(CURLOPT_HEADERFUNCTION, &onHeaderLine);
  options.set(CURLOPT_HEADERDATA, static_cast<void*>(&receiver));
  options.set(CURLOPT_WRITEFUNCTION, &onBody);
  options.set(CURLOPT_WRITEDATA, static_cast<void*>(&receiver));
}

/// Whether the request is written to a proxy, which then needs to be told the origin (RFC 9112 §3.2.2).
bool asksProxy(const Host& host, const Settings& settings) noexcept {
  return !host.secure && !host.loopback && ascii::startsWith(ascii::lower(settings.proxy), "http");
}

}  // namespace

bool operator==(const Method& left, const Method& right) noexcept {
  return left.sendsBody == right.sendsBody && left.name == right.name;
}

Method methodOf(const Request& request) {
  const std::string& name = request.method;
  return {name, !request.body.empty() || name == "POST" || name == "PUT" || name == "PATCH"};
}

CURLcode setFixedOptions(const Host& host, const Method& method, Receiver& receiver, const Settings& settings) {
  Options options(receiver.easy);
  setSafety(options, host);
  setConnection(options, host, settings);
  setTls(options, settings);
  setMethod(options, method);
  setReceiver(options, receiver);
  return options.code();
}

CURLcode setSharing(CURL* easy, const Host& host, const Settings& settings) noexcept {
  Options options(easy);
  // Over plain HTTP the wait would be one for a whole response.
  options.set(CURLOPT_PIPEWAIT, host.secure ? 1L : 0L);
  if (settings.maxIdleConnections == 0) options.set(CURLOPT_FORBID_REUSE, 1L);
  options.set(CURLOPT_BUFFERSIZE, bufferSize);
  return options.code();
}

std::string requestTarget(const Host& host, const UrlParts& parts, const Settings& settings) {
  return asksProxy(host, settings) ? std::string(parts.origin) + parts.pathAndQuery : parts.pathAndQuery;
}

CURLcode setTarget(CURL* easy, const std::string& target) noexcept {
  return curl_easy_setopt(easy, CURLOPT_REQUEST_TARGET, target.c_str());
}

CURLcode setOwnOptions(CURL* easy, const Method& method, std::string_view body, RequestLines& lines, const Call& call,
                       const Settings& settings) noexcept {
  const milliseconds timeLeft = std::max(timeUntil(call.deadline), milliseconds(1));  // 0 would mean no limit.
  Options options(easy);
  options.set(CURLOPT_TIMEOUT_MS, static_cast<long>(timeLeft.count()));
  options.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(settings.connectTimeout, timeLeft).count()));
  if (method.sendsBody) {  // For the other methods it would change the method.
    options.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    options.set(CURLOPT_POSTFIELDS, body.data());
  }
  options.set(CURLOPT_HTTPHEADER, lines.list());
  // Refuses by Content-Length, before the body comes. It knows no limit of 0, which is left to `onBody`.
  constexpr auto most = static_cast<std::size_t>(std::numeric_limits<curl_off_t>::max());
  const std::size_t limit = method.name == "HEAD" ? 0 : std::min(call.maxBody, most);
  options.set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limit));
  return options.code();
}

CURLcode setConnectionUse(CURL* easy, ConnectionUse use) noexcept {
  Options options(easy);
  setVersion(options, use);
  options.set(CURLOPT_FRESH_CONNECT, use == ConnectionUse::any ? 0L : 1L);
  return options.code();
}

milliseconds timeUntil(Deadline deadline) noexcept {
  const auto now = Deadline::clock::now();
  if (deadline <= now) return milliseconds(0);
  return std::min<milliseconds>(std::chrono::ceil<milliseconds>(deadline - now), std::chrono::hours(24));
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
