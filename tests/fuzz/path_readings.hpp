/// What routers, proxies and file systems make of the path of a target. Written without the library.
#pragma once

#include <cctype>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fuzzing {

inline int hexValue(char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const std::size_t value = digits.find(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  return c == '\0' || value == std::string_view::npos ? -1 : static_cast<int>(value);
}

/// Malformed escapes stay.
inline std::string percentDecoded(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool isEscape =
        text[at] == '%' && at + 2 < text.size() && hexValue(text[at + 1]) >= 0 && hexValue(text[at + 2]) >= 0;
    result += isEscape ? static_cast<char>(hexValue(text[at + 1]) * 16 + hexValue(text[at + 2])) : text[at];
    if (isEscape) at += 2;
  }
  return result;
}

/// Without what follows a `;` in each segment, as servlets read it.
inline std::string withoutParameters(std::string_view path) {
  std::string result;
  bool isParameter = false;
  for (const char c : path) {
    if (c == '/' || c == ';') isParameter = c == ';';
    if (!isParameter) result += c;
  }
  return result;
}

/// Dot segments and empty ones resolved, as in a file system. A slash at the end stays.
inline std::string resolved(std::string_view path) {
  std::vector<std::string_view> segments;
  bool isFolder = true;
  while (!path.empty()) {
    const std::size_t end = path.find('/');
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
    isFolder = end != std::string_view::npos || segment == "." || segment == "..";
    if (segment == ".." && !segments.empty()) segments.pop_back();
    if (!segment.empty() && segment != "." && segment != "..") segments.push_back(segment);
  }
  std::string result;
  for (const std::string_view segment : segments) result.append("/").append(segment);
  return isFolder || result.empty() ? result + "/" : result;
}

/// The paths that different readers find in a target: decoded once or twice, with backslashes as they are or as
/// slashes, with parameters or without.
inline std::set<std::string> readingsOf(std::string_view target) {
  const std::string raw(target.substr(0, target.find('?')));
  const std::string once = percentDecoded(raw);
  std::set<std::string> readings;
  for (const std::string& path : {once, percentDecoded(once)}) {
    std::string slashes = path;
    for (char& c : slashes) c = c == '\\' ? '/' : c;
    for (const std::string& variant : {path, slashes}) {
      readings.insert(resolved(variant));
      readings.insert(resolved(withoutParameters(variant)));
    }
  }
  return readings;
}

}  // namespace fuzzing
