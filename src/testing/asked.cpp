#include "testing/asked.hpp"

#include <algorithm>
#include <stdexcept>

#include <liveblocks/auth_endpoint/request.hpp>

#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
namespace {

/// What stands before `separator`, which is removed with it.
std::string_view takeUntil(std::string_view& text, char separator) noexcept {
  const std::string_view first = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(first.size() + 1, text.size()));
  return first;
}

}  // namespace

Target targetOf(std::string_view url) noexcept {
  std::string_view rest = url.substr(0, url.find('#'));
  Target target;
  const std::string_view beforeQuery = takeUntil(rest, '?');
  target.query = rest;
  const bool isPath = ascii::startsWith(beforeQuery, "/");
  const std::size_t scheme = isPath ? std::string_view::npos : beforeQuery.find("://");
  const std::size_t path = beforeQuery.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  target.origin = beforeQuery.substr(0, path);
  if (path != std::string_view::npos) target.path = beforeQuery.substr(path);
  return target;
}

std::optional<std::string_view> queryParameter(std::string_view query, std::string_view name) noexcept {
  while (!query.empty()) {
    std::string_view value = takeUntil(query, '&');
    if (takeUntil(value, '=') == name) return value;
  }
  return std::nullopt;
}

std::optional<std::string_view> headerOf(const http::Request& request, std::string_view name) noexcept {
  for (const http::Header& header : request.headers) {
    if (ascii::equalsIgnoringCase(header.name, name)) return header.value;
  }
  return std::nullopt;
}

std::optional<std::string_view> bearerOf(const http::Request& request) noexcept {
  constexpr std::string_view scheme = "Bearer ";
  const auto value = headerOf(request, "Authorization");
  if (!value || !ascii::startsWith(*value, scheme)) return std::nullopt;
  return value->substr(scheme.size());
}

std::optional<std::string> bodyMember(const std::string& body, const char* name) {
  // A shared library sees of the core what is public, and this reader is. It ends nothing when memory runs out.
  try {
    return AuthRequestBody::parse(body).text(name);
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
