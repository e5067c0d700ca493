#include <liveblocks/http/curl_transport.hpp>

#include <fstream>
#include <new>
#include <stdexcept>
#include <utility>

#include "http/curl/engine.hpp"
#include "http/curl/field_syntax.hpp"
#include "http/curl/handle.hpp"
#include "http/curl/outcome.hpp"
#include "http/curl/request.hpp"

static_assert(LIBCURL_VERSION_NUM >= 0x075000, "libcurl 7.80 or later is needed");

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {
namespace {

class CurlTransport final : public Transport {
 public:
  explicit CurlTransport(curl::Settings settings) : settings_(std::move(settings)), pool_(settings_) {}

  Result<Response> send(const Request& request, const Call& call) override {
    try {
      return trySend(request, call);
    } catch (const std::bad_alloc&) {
      return curl::outOfMemoryError();
    } catch (...) {
      return curl::brokenCallError();
    }
  }

 private:
  Result<Response> trySend(const Request& request, const Call& call) {
    const Result<curl::UrlParts> parts = curl::splitUrl(request.url);
    if (!parts) return parts.error();
    if (std::optional<Error> error = curl::checkRequest(request)) return *std::move(error);
    Result<std::unique_ptr<curl::Handle>> handle = pool_.take(parts->origin, call.allowInsecureHttp);
    if (!handle) return handle.error();
    Result<Response> response = (*handle)->send(request, call, *parts);
    if ((*handle)->mayBeKept(response)) pool_.give(*std::move(handle));
    return response;
  }

  const curl::Settings settings_;
  curl::HandlePool pool_;
};

/// Blocks over connections of its own, and starts exchanges on a loop.
class AsyncCurlTransport final : public Transport {
 public:
  AsyncCurlTransport(const curl::Settings& settings, const std::shared_ptr<EventLoop>& loop)
      : blocking_(settings), engine_(std::make_shared<curl::Engine>(settings, loop)) {
    loop->attach(engine_);
  }
  AsyncCurlTransport(const AsyncCurlTransport&) = delete;
  AsyncCurlTransport& operator=(const AsyncCurlTransport&) = delete;
  ~AsyncCurlTransport() override { engine_->stop(); }

  Result<Response> send(const Request& request, const Call& call) override {
    return isStopped() ? curl::cancelledError() : blocking_.send(request, call);
  }

  bool start(Request& request, const Call& call, Completion& done) override {
    engine_->start(request, call, done);
    return true;
  }

  std::shared_ptr<Scheduler> scheduler() const override { return engine_; }

  bool isStopped() const noexcept override { return engine_->hasEnded(); }

 private:
  CurlTransport blocking_;
  const std::shared_ptr<curl::Engine> engine_;
};

bool tryToStartLibcurl() {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl cannot start");
  return true;
}

/// Once for the process, unless that failed, and never undone: the host may use libcurl too.
void startLibcurl() {
  [[maybe_unused]] static const bool hasStarted = tryToStartLibcurl();
  const curl_version_info_data& info = *curl_version_info(CURLVERSION_NOW);
  if (info.version_num < 0x075000) throw std::runtime_error("libcurl 7.80 or later is needed");
  if ((info.features & CURL_VERSION_SSL) == 0) throw std::runtime_error("this libcurl has no TLS");
  if ((info.features & CURL_VERSION_ASYNCHDNS) == 0) {
    throw std::runtime_error("this libcurl resolves names without a time limit (no AsynchDNS)");
  }
}

void checkProxy(const std::string& proxy) {
  if (proxy.empty()) return;
  const std::unique_ptr<CURLU, curl::UrlDeleter> url(curl_url());
  if (!url) throw std::bad_alloc();
  const bool parsed = curl_url_set(url.get(), CURLUPART_URL, proxy.c_str(), CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
  const std::string name = parsed ? curl::partOf(url.get(), CURLUPART_SCHEME) : "";
  if (name != "http" && name != "https" && name != "socks5" && name != "socks5h") {
    throw std::invalid_argument("proxy must be a URL that begins with http://, https://, socks5:// or socks5h://");
  }
}

void checkOptions(const CurlTransportOptions& options) {
  if (options.connectTimeout <= std::chrono::milliseconds(0)) {
    throw std::invalid_argument("connectTimeout must be more than zero");
  }
  if (!curl::isFieldValue(options.userAgentPrefix)) {
    throw std::invalid_argument("userAgentPrefix must not hold control characters");
  }
  if (!options.caFile.empty() && !std::ifstream(options.caFile)) {
    throw std::invalid_argument("caFile cannot be read: " + options.caFile);
  }
  checkProxy(options.proxy);
}

std::string userAgent(const std::string& prefix) {
  const std::string ours = "liveblocks-cpp/" LIVEBLOCKS_VERSION;
  return prefix.empty() ? ours : prefix + " " + ours;
}

curl::Settings settingsOf(const CurlTransportOptions& options) {
  startLibcurl();
  checkOptions(options);
  return {options.connectTimeout, options.proxy, options.caFile, userAgent(options.userAgentPrefix),
          options.maxIdleConnections};
}

}  // namespace

std::shared_ptr<Transport> makeCurlTransport(const CurlTransportOptions& options) {
  return std::make_shared<CurlTransport>(settingsOf(options));
}

std::shared_ptr<Transport> makeCurlTransport(const CurlTransportOptions& options,
                                             const std::shared_ptr<EventLoop>& loop) {
  if (!loop) throw std::invalid_argument("makeCurlTransport() needs a loop");
  return std::make_shared<AsyncCurlTransport>(settingsOf(options), loop);
}

std::shared_ptr<Transport> defaultTransport() {
  // Never destroyed: objects of static storage may still send while the process exits.
  static const auto* const transport = new std::shared_ptr<Transport>(makeCurlTransport());
  return *transport;
}

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
