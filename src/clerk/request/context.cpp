#include "clerk/request/context.hpp"

#include <algorithm>
#include <string>

#include "core/text.hpp"
#include "jwt/jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {
/// The two parts of an absolute URL; the origin of a path is empty.
struct Target {
  std::string_view origin;
  std::string_view path;
};

/// Empty if `url` does not begin with an origin.
std::string_view leadingOrigin(std::string_view url) noexcept {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  return url.substr(0, url.find_first_of("/\\?#", scheme + 3));
}

std::optional<Target> split(std::string_view url) {
  if (ascii::startsWith(url, "/")) return Target{{}, url};
  const std::string_view origin = leadingOrigin(url);
  if (origin.empty() || !http::detail::WebUrl::parse(url)) return std::nullopt;
  return Target{origin, url.substr(origin.size())};
}

std::string_view firstOf(std::string_view list) { return ascii::trim(list.substr(0, list.find(','))); }

std::string_view schemeOf(std::string_view origin) { return origin.substr(0, origin.find("://")); }

/// nullopt unless the headers name a scheme and a host, and nothing else.
std::optional<std::string> forwardedOrigin(const ParsedRequest& request, std::string_view ownOrigin) {
  const std::string_view forwarded = firstOf(request.forwardedHost);
  const std::string_view host = forwarded.empty() ? request.host : forwarded;
  const std::string_view proto = firstOf(request.forwardedProto);
  const std::string_view scheme = proto.empty() ? schemeOf(ownOrigin) : proto;
  if (host.empty() || scheme.empty() || host.find_first_of("/\\?#@") != std::string_view::npos) return std::nullopt;
  const auto origin = http::detail::WebUrl::parse(std::string(scheme) + "://" + std::string(host));
  if (!origin) return std::nullopt;
  return origin->origin();
}

std::string originOf(const RequestAuthenticatorOptions& options, const ParsedRequest& request,
                     std::string_view ownOrigin) {
  if (!options.publicOrigin.empty()) return options.publicOrigin;
  const auto forwarded = options.trustForwardedHeaders ? forwardedOrigin(request, ownOrigin) : std::nullopt;
  return forwarded.value_or(std::string(ownOrigin));
}

}  // namespace

RequestUrl requestUrl(const RequestAuthenticatorOptions& options, const ParsedRequest& request) {
  const auto target = split(request.url);
  if (!target) return {};
  const std::string origin = originOf(options, request, target->origin);
  // Joined as strings, so that a path that begins with two slashes is not taken for a host.
  auto url = http::detail::WebUrl::parse((origin.empty() ? "http://localhost" : origin) + std::string(target->path));
  const bool isPublic = url && !origin.empty();
  return {std::move(url), isPublic};
}

bool isPlainlyOfPublicOrigin(std::string_view url, const RequestAuthenticatorOptions& options,
                             const ParsedRequest& request) noexcept {
  if (!options.publicOrigin.empty()) return leadingOrigin(url) == options.publicOrigin;
  const bool isOwn = !options.trustForwardedHeaders && !ascii::startsWith(request.url, "/");
  const std::string_view origin = isOwn ? leadingOrigin(request.url) : std::string_view();
  return !origin.empty() && leadingOrigin(url) == origin;
}

namespace {
/// Most requests have no such parameter, and their URL need not be parsed.
bool mayHaveClerkParameters(std::string_view url) noexcept {
  const std::string_view query = url.substr(std::min(url.find('?'), url.size()));
  return query.find("__clerk_") != std::string_view::npos || query.find('%') != std::string_view::npos;
}

}  // namespace

RequestContext::RequestContext(const RequestSetup& setup, const http::RequestView& request, Resources& resources,
                               std::optional<std::chrono::system_clock::time_point> now)
    : setup_(setup),
      request_(request, setup.cookieSuffix(), CookieLimits::ofAuthenticator()),
      resources_(resources),
      now_(now) {}

std::chrono::system_clock::time_point RequestContext::now() const {
  if (!now_) now_ = setup_.verifier.clock().wall();
  return *now_;
}

const ChosenCookies& RequestContext::cookies() const {
  if (!cookies_) cookies_ = chooseCookies(*this);
  return *cookies_;
}

const RequestUrl& RequestContext::url() const {
  if (!url_) url_ = requestUrl(setup_.options, request_);
  return *url_;
}

const http::detail::WebUrl* RequestContext::publicUrl() const { return url().isPublic ? &*url().url : nullptr; }

namespace {

std::string_view explainUnknownUrl(bool trustsHeaders) noexcept {
  return trustsHeaders ? "a page cannot be redirected because its public URL is unknown: the proxy does not send "
                         "X-Forwarded-Host and X-Forwarded-Proto; configure it, or set publicOrigin, such as "
                         "https://app.example.com"
                       : "a page cannot be redirected because its public URL is unknown: set publicOrigin, such as "
                         "https://app.example.com, "
                         "or, behind a proxy that sends X-Forwarded-Host and X-Forwarded-Proto, trustForwardedHeaders";
}

}  // namespace

void RequestContext::logUnknownUrl() const {
  // If the URL cannot be parsed, no option helps.
  if (!url().url || url().isPublic) return;
  resources_.tell([&setup = setup_] {
    const RequestAuthenticatorOptions& options = setup.options;
    setup.unknownUrl.write(options.log, LogLevel::warning, explainUnknownUrl(options.trustForwardedHeaders));
  });
}

std::optional<std::string> RequestContext::queryParameter(std::string_view name) const {
  if (!mayHaveClerkParameters(request_.url) || !url().url) return std::nullopt;
  return url().url->queryParameter(name);
}

std::string RequestContext::devBrowser() const {
  std::string value = queryParameter("__clerk_db_jwt").value_or("");
  if (value.empty()) value = cookies().devBrowser;
  return value.size() <= jwt::maxTokenSize ? value : std::string();
}

std::string RequestContext::frontendUrl() const {
  if (!setup_.hasPathAsProxy()) return setup_.frontendUrl;
  return publicUrl() != nullptr ? publicUrl()->origin() + setup_.frontendUrl : std::string();
}

std::string RequestContext::proxyIssuer() const { return setup_.hasPathAsProxy() ? frontendUrl() : std::string(); }

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
