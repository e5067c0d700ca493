#include "testing/admission.hpp"

#include <algorithm>
#include <charconv>

#include "core/ascii.hpp"
#include "testing/asked.hpp"
#include "testing/fake_clerk/answers.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {
namespace {

bool isPort(std::string_view text) noexcept {
  const bool isNumber = !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), ascii::isDigit);
  int port = 0;
  std::from_chars(text.data(), text.data() + text.size(), port);
  return isNumber && text.front() != '0' && port <= 65535;
}

/// Of the request itself, and of the one that a proxy has passed on.
bool namesHost(std::string_view header) noexcept {
  return ascii::equalsIgnoringCase(header, "host") || ascii::equalsIgnoringCase(header, "x-forwarded-host");
}

/// Of a URL; empty where it has none.
std::string_view authorityOf(std::string_view url) noexcept {
  if (ascii::startsWith(url, "/")) return {};
  const std::string_view origin = targetOf(url).origin;
  const std::size_t scheme = origin.find("://");
  return scheme == std::string_view::npos ? origin : origin.substr(scheme + 3);
}

/// Without any host nobody knows who was meant.
bool isSentToLoopback(const http::RequestView& request) noexcept {
  const std::string_view authority = authorityOf(request.url);
  bool isNamed = !authority.empty();
  if (isNamed && !isLoopbackAuthority(authority)) return false;
  for (const auto& [name, value] : request.headers) {
    if (!namesHost(name)) continue;
    if (!isLoopbackAuthority(value)) return false;
    isNamed = true;
  }
  return isNamed;
}

bool isSentByPage(const http::RequestView& request, const std::string& pageOrigin) noexcept {
  const auto isForeign = [&](const auto& header) {
    return ascii::equalsIgnoringCase(header.first, "origin") && header.second != pageOrigin;
  };
  return std::none_of(request.headers.begin(), request.headers.end(), isForeign);
}

}  // namespace

bool isLoopbackAuthority(std::string_view authority) noexcept {
  for (const std::string_view host : {"127.0.0.1", "localhost", "[::1]"}) {
    if (!ascii::equalsIgnoringCase(authority.substr(0, host.size()), host)) continue;
    const std::string_view rest = authority.substr(host.size());
    return rest.empty() || (rest.front() == ':' && isPort(rest.substr(1)));
  }
  return false;
}

std::optional<http::Response> refuseStranger(const http::RequestView& request, const std::string& pageOrigin) {
  if (!isSentToLoopback(request)) {
    return refused(421, "host_invalid",
                   "This is a fake of Clerk's Frontend API for tests. It signs in whoever asks, so it answers loopback "
                   "hosts alone: 127.0.0.1, localhost and [::1].");
  }
  if (!isSentByPage(request, pageOrigin)) {
    return refused(403, "origin_invalid",
                   "This Frontend API is for pages of " + pageOrigin + ", and the request comes from another origin.");
  }
  return std::nullopt;
}

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
