#include "clerk/answers.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "core/ascii.hpp"
#include "http/problem_body.hpp"
#include "http/retry_after.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::guard {
namespace {

constexpr std::chrono::seconds defaultRetryAfter{5};

bool isNamed(const http::Header& header, std::string_view name) { return ascii::equalsIgnoringCase(header.name, name); }

void removeHeader(std::vector<http::Header>& headers, std::string_view name) {
  const auto named = [name](const http::Header& header) { return isNamed(header, name); };
  headers.erase(std::remove_if(headers.begin(), headers.end(), named), headers.end());
}

http::Response answer(int status, const RequestState& who) { return withoutStoring({status, who.headers(), {}}); }

http::Response problem(int status, std::string_view error, std::string_view reason, const RequestState& who) {
  http::Response response = answer(status, who);
  response.headers.push_back({"Content-Type", "application/json"});
  response.body = http::problemBody(error, reason);
  return response;
}

}  // namespace

http::Response withoutStoring(http::Response response) {
  removeHeader(response.headers, "cache-control");
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

http::Response redirectTo(std::string url, const RequestState& who) {
  http::Response response = answer(307, who);
  // In development the URL holds the browser's token.
  response.headers.push_back({"Location", std::move(url), true});
  return response;
}

http::Response unauthenticated(const RequestState& who) {
  http::Response response = problem(401, "unauthorized", "Sign in to get this", who);
  if (http::findHeader(response, "www-authenticate")) return response;
  // RFC 6750 section 3.1: who came without a token is told no error.
  response.headers.push_back({"WWW-Authenticate", who.error() ? R"(Bearer error="invalid_token")" : "Bearer"});
  return response;
}

http::Response forbidden(const RequestState& who) {
  return problem(403, "forbidden", "You are not allowed to get this", who);
}

http::Response notFound(const RequestState& who) {
  http::Response response = problem(404, "not_found", "There is no such thing", who);
  removeHeader(response.headers, "www-authenticate");
  return response;
}

http::Response unavailable(const RequestState& who) {
  http::Response response = problem(503, "unavailable", "Who you are cannot be told right now", who);
  std::chrono::seconds wait = defaultRetryAfter;
  if (who.error() && who.error()->retryAfter) wait = *who.error()->retryAfter;
  response.headers.push_back(http::retryAfterHeader(wait));
  return response;
}

}  // namespace clerk::guard
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
