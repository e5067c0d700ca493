#include "clerk/request/context.hpp"

#include <algorithm>

#include "jwt/compact_jws.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

/// Most requests have none, and their URL need not be read.
bool mayHaveClerkParameters(std::string_view url) noexcept {
  const std::string_view query = url.substr(std::min(url.find('?'), url.size()));
  return query.find("__clerk_") != std::string_view::npos || query.find('%') != std::string_view::npos;
}

}  // namespace

RequestContext::RequestContext(const RequestSetup& setup, const http::RequestView& request, Deadline deadline)
    : setup_(setup),
      received_(receive(request, setup.cookieSuffix())),
      now_(setup.judge.clock().wall()),
      deadline_(deadline) {}

const ChosenCookies& RequestContext::cookies() const {
  if (!cookies_) cookies_ = chooseCookies(*this);
  return *cookies_;
}

const RequestUrl& RequestContext::url() const {
  if (!url_) url_ = requestUrl(setup_.options, received_);
  return *url_;
}

const http::WebUrl* RequestContext::publicUrl() const { return url().isPublic ? &*url().url : nullptr; }

void RequestContext::sayThatUrlIsUnknown() const {
  // What cannot be read at all no option mends.
  if (!url().url || url().isPublic) return;
  setup_.unknownUrl.write(
      setup_.options.log, LogLevel::warning,
      setup_.options.trustForwardedHeaders
          ? "a page cannot be redirected, for its public URL is unknown: the proxy in front does not send "
            "X-Forwarded-Host and X-Forwarded-Proto; mend that, or set publicOrigin, as https://app.example.com"
          : "a page cannot be redirected, for its public URL is unknown: set publicOrigin, as https://app.example.com, "
            "or, behind a proxy that sends X-Forwarded-Host and X-Forwarded-Proto, trustForwardedHeaders");
}

std::optional<std::string> RequestContext::queryParameter(std::string_view name) const {
  if (!mayHaveClerkParameters(received_.url) || !url().url) return std::nullopt;
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

std::string RequestContext::furtherIssuer() const { return setup_.hasPathAsProxy() ? frontendUrl() : std::string(); }

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
