/// @file
/// Headers of cpp-httplib that have the same name; written for and tested with 0.11.4 and 0.18.7. Header-only.
///
/// With libstdc++, versions from 0.18 to 0.51 hand out headers of the same name in reverse: of several `Set-Cookie` the
/// first is sent last, so that browsers keep the wrong one of two values.
#pragma once

#include <httplib.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/request_view.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {
namespace detail {

/// It depends on the version and on the standard library, so it is tried.
inline bool isOrderReversed() {
  static const bool reversed = [] {
    httplib::Headers headers;
    headers.emplace("Name", "first");
    headers.emplace("Name", "second");
    return headers.begin()->second == "second";
  }();
  return reversed;
}

/// Puts headers of the same name, which are next to each other then, in the order of their arrival.
inline void restoreOrder(http::RequestView& view, const httplib::Headers& headers) {
  if (!isOrderReversed()) return;
  for (auto first = view.headers.begin(); first != view.headers.end();) {
    const auto last = std::next(first, static_cast<std::ptrdiff_t>(headers.count(std::string(first->first))));
    std::reverse(first, last);
    first = last;
  }
}

}  // namespace detail

/// Adds a header, which is sent after existing ones of the same name. Use it instead of
/// `httplib::Response::set_header()` for the headers of a `clerk::RequestState`, and for cookies of your own.
inline void addHeader(httplib::Response& response, const http::Header& header) {
  const std::size_t existing = response.headers.count(header.name);
  response.set_header(header.name, header.value);
  const bool isAdded = response.headers.count(header.name) > existing;
  if (!isAdded || !detail::isOrderReversed()) return;
  auto [at, last] = response.headers.equal_range(header.name);
  for (auto next = std::next(at); next != last; at = next++) std::swap(at->second, next->second);
}

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
