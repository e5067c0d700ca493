/// Which hosts are this machine. Header-only: the core and the curl transport are separate libraries.
#pragma once

#include <algorithm>
#include <string_view>

#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

/// `localhost`, names under it, 127.0.0.0/8 and [::1]. `host` is in lower case; IPv6 addresses have their brackets.
inline bool isLoopbackHost(std::string_view host) noexcept {
  constexpr std::string_view suffix = ".localhost";
  if (host == "localhost" || host == "[::1]") return true;
  if (host.size() > suffix.size() && host.substr(host.size() - suffix.size()) == suffix) return true;
  return ascii::startsWith(host, "127.") && std::count(host.begin(), host.end(), '.') == 3 &&
         std::all_of(host.begin(), host.end(), [](char c) { return ascii::isDigit(c) || c == '.'; });
}

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
