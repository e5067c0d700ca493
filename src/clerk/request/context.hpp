/// A request with the setup that it is authenticated by.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "clerk/request/request.hpp"
#include "clerk/request/resources.hpp"
#include "clerk/request/session_cookie.hpp"
#include "clerk/request/setup.hpp"
#include "http/url.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// The URL of a request.
struct RequestUrl {
  /// nullopt if it cannot be parsed.
  std::optional<http::detail::WebUrl> url;
  /// Whether the public origin is known; otherwise the origin in `url` is a placeholder.
  bool isPublic = false;
};

/// The path and the query are those of the request. The origin is that of the options, else that of the headers if they
/// are trusted, else that of the request if its URL is absolute.
RequestUrl requestUrl(const RequestAuthenticatorOptions& options, const ParsedRequest& request);

/// Whether `url` obviously has the public origin of the request. If false, it may still have it.
bool isPlainlyOfPublicOrigin(std::string_view url, const RequestAuthenticatorOptions& options,
                             const ParsedRequest& request) noexcept;

/// The parsed request, and values that are derived from it when they are first needed. Borrows the setup, the
/// request and the resources. Not thread-safe.
class RequestContext {
 public:
  /// With a time, it is that of the request.
  RequestContext(const RequestSetup& setup, const http::RequestView& request, Resources& resources,
                 std::optional<std::chrono::system_clock::time_point> now = {});

  const RequestSetup& setup() const noexcept { return setup_; }
  const ParsedRequest& request() const noexcept { return request_; }
  /// The time by the clock of the setup when this was first called.
  std::chrono::system_clock::time_point now() const;
  /// Everything that may take waiting, and every effect.
  Resources& resources() const noexcept { return resources_; }
  /// What was found in the cache of verified tokens so far.
  TokenLookups& tokenLookups() const noexcept { return tokenLookups_; }

  /// Must not be called if there are too many cookies.
  const ChosenCookies& cookies() const;

  /// Null if it is unknown: then nothing is redirected.
  const http::detail::WebUrl* publicUrl() const;
  /// Logs, once for all requests, that a redirect is impossible because the URL is unknown, and what to set.
  void logUnknownUrl() const;
  /// A query parameter of Clerk's; nullopt if it is absent.
  std::optional<std::string> queryParameter(std::string_view name) const;
  /// The token of the browser in a development instance, from the query, else from the cookie; empty if there is none.
  std::string devBrowser() const;

  /// The URL of the Frontend API for browsers; empty if it is a path and the public origin is unknown.
  std::string frontendUrl() const;
  /// The URL of the Frontend API if it is a path of the application, which is an additional issuer then; else empty.
  std::string proxyIssuer() const;

 private:
  const RequestUrl& url() const;

  const RequestSetup& setup_;
  const ParsedRequest request_;
  Resources& resources_;
  mutable std::optional<std::chrono::system_clock::time_point> now_;
  mutable std::optional<ChosenCookies> cookies_;
  mutable std::optional<RequestUrl> url_;
  mutable TokenLookups tokenLookups_;
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
