#include "canned_transport.hpp"

#include <string_view>
#include <utility>

namespace inspect_request {

namespace http = liveblocks::http;

namespace {

std::string_view pathOf(std::string_view url) {
  const std::size_t authority = url.find("://");
  const std::size_t path = url.find('/', authority == std::string_view::npos ? 0 : authority + 3);
  return path == std::string_view::npos ? "/" : url.substr(path);
}

}  // namespace

CannedTransport::CannedTransport(std::vector<CannedAnswer> answers) : answers_(std::move(answers)) {}

liveblocks::Result<http::Response> CannedTransport::send(const http::Request& request, const http::Call&) {
  for (const CannedAnswer& answer : answers_) {
    if (answer.method == request.method && answer.path == pathOf(request.url)) return answer.response;
  }
  return liveblocks::Error{liveblocks::Errc::invalidRequest, "the line brings no answer for this"};
}

}  // namespace inspect_request
