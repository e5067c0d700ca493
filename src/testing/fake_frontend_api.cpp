#include <liveblocks/testing/fake_frontend_api.hpp>

#include <algorithm>
#include <charconv>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/http/message.hpp>

#include "core/text.hpp"
#include "testing/clerk_resources.hpp"
#include "testing/fake_frontend_api/api.hpp"
#include "testing/fake_server.hpp"

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

/// Returns whether this is `127.0.0.1`, `localhost` or `[::1]`, with or without a port.
bool isLoopbackAuthority(std::string_view authority) noexcept {
  for (const std::string_view host : {"127.0.0.1", "localhost", "[::1]"}) {
    if (!ascii::equalsIgnoringCase(authority.substr(0, host.size()), host)) continue;
    const std::string_view rest = authority.substr(host.size());
    return rest.empty() || (rest.front() == ':' && isPort(rest.substr(1)));
  }
  return false;
}

/// The host may be given by the client or by a proxy.
bool namesHost(std::string_view header) noexcept {
  return ascii::equalsIgnoringCase(header, "host") || ascii::equalsIgnoringCase(header, "x-forwarded-host");
}

/// Returns the authority of a URL; empty if it has none.
std::string_view authorityOf(std::string_view url) noexcept {
  if (ascii::startsWith(url, "/")) return {};
  const std::string_view origin = targetOf(url).origin;
  const std::size_t scheme = origin.find("://");
  return scheme == std::string_view::npos ? origin : origin.substr(scheme + 3);
}

/// A request without any host is rejected, because its recipient is unknown.
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

/// Returns the error response for a request to a host that is not loopback, or from a page of another origin; nullopt
/// for all others.
std::optional<http::Response> refuseStranger(const http::RequestView& request, const std::string& pageOrigin) {
  if (!isSentToLoopback(request)) {
    return refused(421, "host_invalid",
                   "This is a fake of Clerk's Frontend API for tests. It signs in anybody, so it only serves "
                   "loopback hosts: 127.0.0.1, localhost and [::1].");
  }
  if (!isSentByPage(request, pageOrigin)) {
    return refused(403, "origin_invalid",
                   "This Frontend API is for pages of " + pageOrigin + ", and the request comes from another origin.");
  }
  return std::nullopt;
}

using std::chrono::seconds;

constexpr seconds longest = std::chrono::hours(24 * 365 * 10);

/// In lower case and without the scheme's default port, as browsers send it.
bool isOrigin(std::string_view text, std::string_view scheme, std::string_view ownPort) {
  const std::string_view authority = text.substr(std::min(scheme.size(), text.size()));
  return ascii::startsWith(text, scheme) && isLoopbackAuthority(authority) && ascii::lower(authority) == authority &&
         !ascii::endsWith(authority, ownPort);
}

bool isPathCharacter(char c) { return ascii::isAlnum(c) || c == '-' || c == '_' || c == '.' || c == '/'; }

bool isPath(std::string_view text) {
  return text.size() > 1 && text.front() == '/' && text.back() != '/' && text.find("//") == std::string_view::npos &&
         text.find("/.") == std::string_view::npos && std::all_of(text.begin(), text.end(), isPathCharacter);
}

bool isPage(std::string_view text) {
  const bool isSafe = std::all_of(text.begin(), text.end(), [](char c) { return c != ' ' && ascii::isPrintable(c); });
  const bool isLocal = ascii::startsWith(text, "/") && !ascii::startsWith(text, "//");
  return isSafe && (isLocal || ascii::startsWith(text, "http://") || ascii::startsWith(text, "https://"));
}

void require(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

/// Throws `std::invalid_argument` with a message that says what to fix.
void checkOptions(const FakeFrontendApiOptions& options) {
  require(isOrigin(options.pageOrigin, "http://", ":80") || isOrigin(options.pageOrigin, "https://", ":443"),
          "pageOrigin must be an origin on loopback as browsers send it, such as http://127.0.0.1:3000");
  require(isPath(options.path), "path must be a plain path without a slash at its end, such as /__clerk");
  for (const seconds lifetime : {options.tokenLifetime, options.sessionLifetime, options.ticketLifetime}) {
    require(lifetime >= seconds(1) && lifetime <= longest,
            "a lifetime must be a second at least, and ten years at most");
  }
  require(options.signInUrl.empty() || isPage(options.signInUrl),
          "signInUrl must be a path that begins with a slash, or an absolute http(s) URL");
}

}  // namespace

}  // namespace testing::fake_frontend_api

namespace testing {

using namespace fake_frontend_api;

namespace {

std::shared_ptr<FakeClerk> checked(std::shared_ptr<FakeClerk> clerk) {
  if (!clerk) throw std::invalid_argument("FakeFrontendApi needs a FakeClerk, but the pointer is null");
  return clerk;
}

FakeFrontendApiOptions checked(FakeFrontendApiOptions options) {
  checkOptions(options);
  if (!options.clock) options.clock = std::make_shared<const Clock>();
  return options;
}

/// Pages on another port of the same host may read the responses, too.
void allowPage(const http::RequestView& request, http::Response& response) {
  const auto origin = http::findHeader(request, "Origin");
  if (!origin) return;
  response.headers.push_back({"Access-Control-Allow-Origin", std::string(*origin)});
  response.headers.push_back({"Access-Control-Allow-Credentials", "true"});
  response.headers.push_back({"Vary", "Origin"});
}

}  // namespace

struct FakeFrontendApi::State {
  State(std::shared_ptr<FakeClerk> clerk, const FakeFrontendApiOptions& options)
      : path(options.path), pageOrigin(options.pageOrigin), api(std::move(clerk), options) {}

  http::Response respond(const http::RequestView& received) {
    if (auto refusal = refuseStranger(received, pageOrigin)) return *std::move(refusal);
    auto request = readRequest(received, path);
    if (auto* const refusal = std::get_if<http::Response>(&request)) return std::move(*refusal);
    const std::lock_guard lock(mutex);
    http::Response response = api.respond(std::get<Request>(std::move(request)));
    allowPage(received, response);
    return response;
  }

  const std::string path;
  const std::string pageOrigin;
  std::mutex mutex;
  /// Guarded by the mutex.
  Api api;
};

FakeFrontendApi::FakeFrontendApi(std::shared_ptr<FakeClerk> clerk, FakeFrontendApiOptions options)
    : state_(std::make_unique<State>(checked(std::move(clerk)), checked(std::move(options)))) {}

FakeFrontendApi::~FakeFrontendApi() = default;

bool FakeFrontendApi::serves(std::string_view url) const noexcept {
  const std::string_view path = targetOf(url).path;
  const std::string& own = state_->path;
  return ascii::startsWith(path, own) && (path.size() == own.size() || path[own.size()] == '/');
}

http::Response FakeFrontendApi::handle(const http::RequestView& request) {
  http::Response response;
  try {
    response = serves(request.url) ? state_->respond(request) : notFound();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    response = refused(500, "internal_clerk_error", "The fake failed to handle the request.");
  }
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

std::string FakeFrontendApi::createTicket(std::string_view userId) {
  const std::lock_guard lock(state_->mutex);
  return state_->api.createTicket(userId);
}

void FakeFrontendApi::endSessions(std::string_view userId) {
  const std::lock_guard lock(state_->mutex);
  state_->api.endSessions(userId);
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
