#include "common/requests.hpp"

#include <string_view>

#include <liveblocks/adapters/cpp_httplib.hpp>
#include <liveblocks/core/json.hpp>

namespace examples {
namespace {

bool hasBody(const httplib::Request& request) {
  return request.has_header("Transfer-Encoding") ||
         (request.has_header("Content-Length") && request.get_header_value("Content-Length") != "0");
}

}  // namespace

bool namesLoopback(const httplib::Request& request) {
  const std::string host = request.get_header_value("Host");
  const std::string_view name = std::string_view(host).substr(0, host.rfind(':'));
  return name == "127.0.0.1" || name == "localhost" || name == "[::1]";
}

bool isFromThisSite(const httplib::Request& request) {
  if (!request.has_header("Origin")) return true;
  return request.get_header_value("Origin") == "http://" + request.get_header_value("Host");
}

bool refuseUnread(const httplib::Request& request, httplib::Response& response, bool expectsBody) {
  if (liveblocks::adapters::refuseAmbiguous(request, response)) return true;
  liveblocks::adapters::ignoreRanges(request);
  if (expectsBody || !hasBody(request)) return false;
  respondError(response, 400, "no body is expected here");
  return true;
}

void respondError(httplib::Response& response, int status, const std::string& error) {
  response.status = status;
  response.set_content(liveblocks::Json::object({{"error", error}}).text(), "application/json");
}

}  // namespace examples
