#include <liveblocks/clerk/route_guard.hpp>

#include "clerk_request.hpp"
#include "core/text.hpp"
#include "fuzz_input.hpp"
#include "fuzz_target.hpp"

using namespace liveblocks;
using fuzzing::ClerkInstance;

namespace {

const ClerkInstance& instance() {
  static const ClerkInstance result("clerk.example.com");
  return result;
}

clerk::RouteGuard makeGuard(bool hideProtected) {
  clerk::RequestAuthenticatorOptions options = instance().options();
  options.publicOrigin = ClerkInstance::origin;
  options.signInUrl = "/sign-in";
  clerk::RouteGuardOptions guard;
  guard.publicRoutes = {"/public(.*)", "/blog/:slug"};
  guard.hideProtected = hideProtected;
  return clerk::RouteGuard(instance().authenticator(options), guard);
}

/// As a reader would say it without patterns.
bool isPublic(const std::string& path) {
  const auto isBelow = [&path](const std::string& folder) {
    return path == folder || ascii::startsWith(path, folder + "/");
  };
  if (isBelow("/public") || isBelow("/sign-in")) return true;
  const std::string blog = "/blog/";
  const std::size_t end = path.find('/', blog.size());
  return ascii::startsWith(path, blog) && path.size() > blog.size() &&
         (end == std::string::npos || (end > blog.size() && end + 1 == path.size()));
}

void checkPassed(std::string_view url, std::string_view input) {
  if (instance().holdsCredential(input)) return;
  fuzzing::require(ascii::startsWith(url, "/"));
  for (const std::string& path : fuzzing::readingsOf(url)) fuzzing::require(isPublic(path));
}

void checkResponse(const http::Response& response) {
  const int status = response.status;
  fuzzing::require(status == 307 || status == 401 || status == 404 || status == 503);
  for (const http::Header& header : response.headers) fuzzing::require(fuzzing::isHeaderValue(header.value));
  const auto location = http::findHeader(response, "Location");
  fuzzing::require(location.has_value() == (status == 307));
  if (!location) return;
  fuzzing::require(ascii::startsWith(*location, "https://app.example.com/") ||
                   ascii::startsWith(*location, instance().issuer().issuer() + "/"));
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  const std::string page = "\nSec-Fetch-Dest: document\nAccept: text/html\n";
  const std::string session = "Cookie: __session=" + instance().session() + "; __client_uat=1735689000";
  return {"GET /public/a?b=/admin" + page,
          "GET /admin/users" + page + session,
          "GET /public/%2e%2e/admin" + page,
          "GET /public;/..%5cadmin" + page,
          "GET /blog/post-1/?x#y" + page,
          "POST /api/x\nAuthorization: Bearer " + instance().session(),
          "GET /sign-in/factor-one?redirect_url=/admin" + page,
          "GET https://evil.example/public" + page,
          "HEAD //public/%252e%252e/admin\nAccept: text/html\nX-Forwarded-Host: evil.example",
          "GET /admin?__clerk_handshake=" + instance().handshake() + page};
}

/// Whatever a request is: without a genuine credential nothing passes that any router could take for a protected route,
/// and nobody is sent elsewhere than to the site's own pages and Clerk's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const clerk::RouteGuard guard = makeGuard(false);
  static const clerk::RouteGuard hidingGuard = makeGuard(true);
  const std::string_view input = fuzzing::view(data, size);
  std::string_view rest = input;
  const auto [method, url] = ascii::splitOnce(fuzzing::takeLine(rest), ' ');
  const http::RequestView request{method, url, fuzzing::takeHeaders(rest)};
  const clerk::RouteGuardResult result = guard.authenticate(request);
  if (result.response) {
    checkResponse(*result.response);
  } else {
    checkPassed(url, input);
  }
  fuzzing::require(hidingGuard.authenticate(request).response.has_value() == result.response.has_value());
  return 0;
}
