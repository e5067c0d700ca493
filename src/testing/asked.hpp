/// What a request asks for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
/// The parts of a URL.
struct Target {
  /// `https://host[:port]`; empty where the URL is a path with its query.
  std::string_view origin;
  std::string_view path;
  /// Without the question mark.
  std::string_view query;
};

Target targetOf(std::string_view url) noexcept;

/// The value of the first parameter of that name, as it stands.
std::optional<std::string_view> queryParameter(std::string_view query, std::string_view name) noexcept;

/// The value of the first header of that name.
std::optional<std::string_view> headerOf(const http::Request& request, std::string_view name) noexcept;

/// The token of `Authorization: Bearer ...`; nullopt when there is none.
std::optional<std::string_view> bearerOf(const http::Request& request) noexcept;

/// The string of that name in a body that is a JSON object.
std::optional<std::string> bodyMember(const std::string& body, const char* name);

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
