/// One request on its way through the authenticator.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "clerk/request/request.hpp"
#include "clerk/request/session_cookie.hpp"
#include "clerk/request/setup.hpp"
#include "http/url.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace detail {

/// A request's URL, as far as it is known.
struct RequestUrl {
  /// nullopt: it cannot be read.
  std::optional<http::WebUrl> url;
  /// Else the origin in `url` is made up.
  bool isPublic = false;
};

/// The path and the query are those of the request. The origin comes from the configuration, else from headers where
/// they are trusted, else from the request's own absolute URL.
RequestUrl requestUrl(const RequestAuthenticatorOptions& options, const ParsedRequest& request);

/// Whether `url` is seen at a glance to be of the request's public origin. False says nothing.
bool isPlainlyOfPublicOrigin(std::string_view url, const RequestAuthenticatorOptions& options,
                             const ParsedRequest& request) noexcept;

/// What is needed of the request; what costs something is worked out when it is asked for first. Borrows the setup and
/// the request. Not thread-safe.
class RequestContext {
 public:
  RequestContext(const RequestSetup& setup, const http::RequestView& request, Deadline deadline);

  const RequestSetup& setup() const noexcept { return setup_; }
  const ParsedRequest& request() const noexcept { return request_; }
  /// The time by the clock of the setup when this was first called.
  std::chrono::system_clock::time_point now() const;
  Deadline deadline() const noexcept { return deadline_; }

  /// Only where there are not too many.
  const ChosenCookies& cookies() const;

  /// Null where it is unknown: then nothing is redirected.
  const http::WebUrl* publicUrl() const;
  /// For a redirect that cannot be made because of that: tells the log, once for all requests, what to set.
  void sayThatUrlIsUnknown() const;
  /// One of Clerk's; nullopt when it is absent.
  std::optional<std::string> queryParameter(std::string_view name) const;
  /// What stands for the browser in a development instance: of the query, else of the cookie; empty when there is none.
  std::string devBrowser() const;

  /// Where the browser reaches the Frontend API; empty where that is a path and the origin is unknown.
  std::string frontendUrl() const;
  /// That is an issuer beside those of the rules where it is a path of the application; else empty.
  std::string proxyIssuer() const;

 private:
  const RequestUrl& url() const;

  const RequestSetup& setup_;
  const ParsedRequest request_;
  const Deadline deadline_;
  mutable std::optional<std::chrono::system_clock::time_point> now_;
  mutable std::optional<ChosenCookies> cookies_;
  mutable std::optional<RequestUrl> url_;
};

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
