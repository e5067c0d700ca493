#include "clerk/request/public_url.hpp"

#include <algorithm>
#include <string>

#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

/// A URL that is absolute, in its two parts; of a path alone the first is empty.
struct Target {
  std::string_view origin;
  std::string_view path;
};

/// Empty when `url` begins with none.
std::string_view leadingOrigin(std::string_view url) noexcept {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  return url.substr(0, url.find_first_of("/\\?#", scheme + 3));
}

std::optional<Target> split(std::string_view url) {
  if (ascii::startsWith(url, "/")) return Target{{}, url};
  const std::string_view origin = leadingOrigin(url);
  if (origin.empty() || !http::WebUrl::parse(url)) return std::nullopt;
  return Target{origin, url.substr(origin.size())};
}

std::string_view firstOf(std::string_view list) { return ascii::trim(list.substr(0, list.find(','))); }

std::string_view schemeOf(std::string_view origin) { return origin.substr(0, origin.find("://")); }

/// nullopt unless the headers name a scheme and a host, and nothing else.
std::optional<std::string> forwardedOrigin(const ReceivedRequest& received, std::string_view ownOrigin) {
  const std::string_view forwarded = firstOf(received.forwardedHost);
  const std::string_view host = forwarded.empty() ? received.host : forwarded;
  const std::string_view proto = firstOf(received.forwardedProto);
  const std::string_view scheme = proto.empty() ? schemeOf(ownOrigin) : proto;
  if (host.empty() || scheme.empty() || host.find_first_of("/\\?#@") != std::string_view::npos) return std::nullopt;
  const auto origin = http::WebUrl::parse(std::string(scheme) + "://" + std::string(host));
  if (!origin) return std::nullopt;
  return origin->origin();
}

std::string originOf(const AuthenticatorOptions& options, const ReceivedRequest& received, std::string_view ownOrigin) {
  if (!options.publicOrigin.empty()) return options.publicOrigin;
  const auto forwarded = options.trustForwardedHeaders ? forwardedOrigin(received, ownOrigin) : std::nullopt;
  return forwarded.value_or(std::string(ownOrigin));
}

}  // namespace

RequestUrl requestUrl(const AuthenticatorOptions& options, const ReceivedRequest& received) {
  const auto target = split(received.url);
  if (!target) return {};
  const std::string origin = originOf(options, received, target->origin);
  // Put together as text, so that a path of two slashes is no host.
  auto url = http::WebUrl::parse((origin.empty() ? "http://localhost" : origin) + std::string(target->path));
  const bool isPublic = url && !origin.empty();
  return {std::move(url), isPublic};
}

bool isPlainlyOfPublicOrigin(std::string_view url, const AuthenticatorOptions& options,
                             const ReceivedRequest& received) noexcept {
  if (!options.publicOrigin.empty()) return leadingOrigin(url) == options.publicOrigin;
  const bool isOwn = !options.trustForwardedHeaders && !ascii::startsWith(received.url, "/");
  const std::string_view origin = isOwn ? leadingOrigin(received.url) : std::string_view();
  return !origin.empty() && leadingOrigin(url) == origin;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
