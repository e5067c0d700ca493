#include "testing/fake_frontend_api/request.hpp"

#include <algorithm>
#include <utility>

#include <liveblocks/testing/fake_frontend_api.hpp>

#include "core/text.hpp"
#include "testing/fake_clerk/resources.hpp"
#include "testing/fake_liveblocks/responses.hpp"
#include "testing/fake_peer.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {
namespace {

http::Response malformed(const std::string& what) {
  return refused(400, "malformed_request_parameters", what + " cannot be read: it must be form-urlencoded UTF-8.");
}

std::string methodOf(const http::RequestView& received, const Parameters& query) {
  const std::string* const other = received.method == "POST" ? findParameter(query, "_method") : nullptr;
  return other != nullptr ? *other : std::string(received.method);
}

void addCookies(std::string_view header, std::string_view name, std::vector<std::string_view>& values) {
  while (!header.empty()) {
    const auto [pair, rest] = ascii::splitOnce(header, ';');
    header = rest;
    const auto [cookieName, value] = ascii::splitOnce(pair, '=');
    if (ascii::trim(cookieName) == name) values.push_back(ascii::trim(value));
  }
}

}  // namespace

const std::string* findParameter(const Parameters& parameters, std::string_view name) noexcept {
  const auto isNamed = [&](const auto& parameter) { return parameter.first == name; };
  const auto found = std::find_if(parameters.begin(), parameters.end(), isNamed);
  return found == parameters.end() ? nullptr : &found->second;
}

std::vector<std::string_view> Request::cookies(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [headerName, header] : received->headers) {
    if (ascii::equalsIgnoringCase(headerName, "cookie")) addCookies(header, name, values);
  }
  return values;
}

std::variant<Request, http::Response> readRequest(const http::RequestView& received, std::string_view path) {
  if (received.url.size() > FakeFrontendApi::maxUrlBytes) return refused(414, "uri_too_long", "The URL is too long.");
  if (received.body.size() > FakeFrontendApi::maxBodyBytes) {
    return refused(413, "request_body_too_large", "The body is too long.");
  }
  const Target target = targetOf(received.url);
  auto query = fake_liveblocks::readQuery(target.query);
  if (!query) return malformed("The query");
  auto form = fake_liveblocks::readQuery(received.body);
  if (!form) return malformed("The body");
  std::string method = methodOf(received, *query);
  return Request{std::move(method), target.path.substr(path.size()), {}, *std::move(query), *std::move(form),
                 &received};
}

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
