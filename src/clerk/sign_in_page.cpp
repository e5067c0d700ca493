#include "clerk/sign_in_page.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "clerk/route_program.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {
namespace {

/// Removes trailing slashes.
std::u16string trimmed(std::u16string path) {
  while (!path.empty() && path.back() == u'/') path.pop_back();
  return path;
}

bool startsWith(std::u16string_view text, std::u16string_view prefix, bool caseSensitive) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(), [caseSensitive](char16_t a, char16_t b) {
           return a == b || (!caseSensitive && toLower(a) == toLower(b));
         });
}

/// Clerk's SDK does not compare schemes.
bool isSameHost(const http::detail::WebUrl& a, const http::detail::WebUrl& b) {
  return a.hostname() == b.hostname() && a.port() == b.port();
}

void appendSegment(http::detail::WebUrl& url, std::string_view segment) {
  std::string path = url.path();
  while (!path.empty() && path.back() == '/') path.pop_back();
  url.setPath(path.append("/").append(segment));
}

}  // namespace

SignInPage::SignInPage(SignInOptions options)
    : options_(std::move(options)), absolute_(http::detail::WebUrl::parse(options_.url)) {
  if (options_.url.empty() || !isOfApplication()) return;
  const auto anyOrigin = http::detail::WebUrl::parse("http://localhost");
  const auto page = http::detail::WebUrl::parse(options_.url, *anyOrigin);
  auto path = page ? readRoutePath(page->path()) : std::nullopt;
  if (path) path_ = trimmed(std::move(path->decoded));
}

bool SignInPage::contains(const RoutePath& path) const {
  if (!path_ || !startsWith(path.decoded, *path_, options_.caseSensitive)) return false;
  const std::u16string_view rest = std::u16string_view(path.decoded).substr(path_->size());
  // A page at the root does not make everything public.
  return rest.empty() || rest == u"/" || (rest.front() == u'/' && !path_->empty());
}

std::optional<std::string> SignInPage::urlFor(const http::detail::WebUrl& requestUrl, const Visitor& visitor) const {
  std::optional<http::detail::WebUrl> target = resolve(requestUrl);
  if (!target) return std::nullopt;
  if (visitor.isPending) appendSegment(*target, "tasks");
  if (target->origin() == requestUrl.origin() && target->path() == requestUrl.path()) return std::nullopt;
  const bool crossesHosts = !isSameHost(*target, requestUrl);
  http::detail::WebUrl back = requestUrl;
  if (crossesHosts && options_.isSatellite) back.setQueryParameter("__clerk_synced", "false");
  target->setQueryParameter("redirect_url", back.href());
  if (crossesHosts && options_.isDevelopment && !visitor.devBrowser.empty()) {
    target->setQueryParameter("__clerk_db_jwt", visitor.devBrowser);
  }
  return target->href();
}

bool SignInPage::isOfApplication() const {
  if (!absolute_) return true;
  const auto own = http::detail::WebUrl::parse(options_.publicOrigin);
  return own && own->origin() == absolute_->origin();
}

std::optional<http::detail::WebUrl> SignInPage::resolve(const http::detail::WebUrl& requestUrl) const {
  if (absolute_) return absolute_;
  return options_.url.empty() ? std::nullopt : http::detail::WebUrl::parse(options_.url, requestUrl);
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
