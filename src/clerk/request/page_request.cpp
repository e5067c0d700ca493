#include "clerk/request/page_request.hpp"

#include <optional>
#include <string>
#include <string_view>

#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::guard {
namespace {

/// `application/json` and its kin, as in `application/problem+json`.
bool isJson(std::string_view mediaType) {
  constexpr std::string_view suffix = "json";
  const std::string type = ascii::lower(ascii::trim(ascii::splitOnce(mediaType, ';').first));
  const std::size_t start = type.find_last_of("/+");
  return start != std::string::npos && std::string_view(type).substr(start + 1) == suffix;
}

/// By an `Authorization` header that a browser does not send of its own accord.
bool isFromProgram(const http::RequestView& request) {
  const auto authorization = http::findHeader(request, "authorization");
  if (!authorization) return false;
  const std::string scheme = ascii::lower(ascii::splitOnce(*authorization, ' ').first);
  return scheme != "basic" && scheme != "digest" && scheme != "negotiate";
}

bool wantsHtml(const http::RequestView& request) {
  const auto accept = http::findHeader(request, "accept");
  return accept && ascii::lower(*accept).find("text/html") != std::string::npos;
}

}  // namespace

bool isPageRequest(const http::RequestView& request) {
  if (request.method != "GET" && request.method != "HEAD") return false;
  if (isFromProgram(request) || isJson(http::findHeader(request, "content-type").value_or(""))) return false;
  const auto destination = http::findHeader(request, "sec-fetch-dest");
  return destination ? *destination == "document" || *destination == "iframe" : wantsHtml(request);
}

}  // namespace clerk::guard
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
