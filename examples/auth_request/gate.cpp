#include "gate.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/clerk/auth.hpp>
#include <liveblocks/clerk/request_state.hpp>

namespace auth_request {
namespace {

namespace clerk = liveblocks::clerk;
namespace http = liveblocks::http;
using liveblocks::Log;
using liveblocks::LogLevel;

constexpr std::string_view methodHeader = "X-Original-Method";
constexpr std::string_view targetHeader = "X-Original-URI";
/// Those in which nginx tells the application who is signed in.
constexpr std::array<std::string_view, 4> identityHeaders{"X-User-Id", "X-Session-Id", "X-Org-Id", "X-Org-Role"};

bool isNamed(std::string_view header, std::string_view name) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
  return std::equal(header.begin(), header.end(), name.begin(), name.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

bool isPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// Takes the value of a header that must be there once.
std::optional<std::string> take(http::ReceivedRequest& request, std::string_view name) {
  auto& headers = request.headers;
  const auto others = std::stable_partition(headers.begin(), headers.end(),
                                            [&](const auto& header) { return !isNamed(header.first, name); });
  if (headers.end() - others != 1) return std::nullopt;
  std::string value = std::move(others->second);
  headers.erase(others);
  return value;
}

/// Whether the client claims to be somebody. nginx before 1.23 sees only the first of several headers with one name.
bool claimsIdentity(const http::ReceivedRequest& request) {
  return std::any_of(request.headers.begin(), request.headers.end(), [](const auto& header) {
    return std::any_of(identityHeaders.begin(), identityHeaders.end(),
                       [&](std::string_view name) { return isNamed(header.first, name); });
  });
}

/// nullopt if the sub-request does not name the original one, which then must not pass.
std::optional<http::ReceivedRequest> originalOf(http::ReceivedRequest subrequest) {
  const auto method = take(subrequest, methodHeader);
  const auto target = take(subrequest, targetHeader);
  if (!method || !target || method->empty() || target->empty()) return std::nullopt;
  return http::ReceivedRequest{*method, *target, std::move(subrequest.headers), {}};
}

http::Response failure(const Log& log, const std::string& why) {
  log(LogLevel::error, "a request was refused: " + why);
  return {500, {}, {}};
}

/// Adds headers of the guard under the names that nginx can hand on. Returns false if there are too many cookies.
bool addHeaders(http::Response& response, const std::vector<http::Header>& headers) {
  std::size_t cookies = 0;
  for (const http::Header& header : headers) {
    if (!isNamed(header.name, "Set-Cookie")) {
      response.headers.push_back(header);
    } else if (cookies < Gate::maxCookies) {
      response.headers.push_back({"X-Auth-Cookie-" + std::to_string(++cookies), header.value, true});
    } else {
      return false;
    }
  }
  return true;
}

void addIdentity(http::Response& response, const clerk::Auth& auth) {
  for (const auto& [name, value] : {std::pair<const char*, const std::string&>{"X-Auth-User-Id", auth.userId()},
                                    {"X-Auth-Session-Id", auth.sessionId()},
                                    {"X-Auth-Org-Id", auth.orgId()},
                                    {"X-Auth-Org-Role", auth.orgRole()}}) {
    if (!value.empty()) response.headers.push_back({name, value});
  }
}

http::Response responseTo(const clerk::RouteGuardResult& result, const Log& log) {
  http::Response response;
  if (result.response) {
    response.status = 401;
    response.headers.push_back({"X-Auth-Status", std::to_string(result.response->status)});
    response.headers.push_back({"X-Auth-Body", result.response->body});
  } else {
    response.status = 204;
    addIdentity(response, result.state.auth());
  }
  // Without one of its cookies a handshake would begin again, or end as somebody else.
  if (!addHeaders(response, result.response ? result.response->headers : result.state.headers())) {
    return failure(log, "Clerk sets more cookies than the configuration of nginx hands on");
  }
  const auto fits = [](const http::Header& header) { return isPrintable(header.value); };
  if (std::all_of(response.headers.begin(), response.headers.end(), fits)) return response;
  return failure(log, "an id of the session, or a header, is not printable ASCII");
}

}  // namespace

Gate::Gate(clerk::RouteGuard guard, Log log) : guard_(std::move(guard)), log_(std::move(log)) {}

void Gate::handle(http::ReceivedRequest subrequest, liveblocks::Callback<http::Response> respond) const {
  if (subrequest.url != path) return respond({404, {}, {}});
  if (claimsIdentity(subrequest)) return respond({403, {}, {}});
  auto request = originalOf(std::move(subrequest));
  if (!request) return respond(failure(log_, "nginx must set X-Original-Method and X-Original-URI, see guard.conf"));
  // Almost always the keys are there, and nothing has to be waited for.
  if (const auto result = guard_.authenticateLocally(*request)) return respond(responseTo(*result, log_));
  guard_.authenticateAsync(*std::move(request),
                           [log = log_, respond = std::move(respond)](const clerk::RouteGuardResult& result) {
                             respond(responseTo(result, log));
                           });
}

}  // namespace auth_request
