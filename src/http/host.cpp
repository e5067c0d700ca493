#include "http/host.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {
namespace {

constexpr std::size_t groupsOfAddress = 8;
using Groups = std::vector<std::uint16_t>;

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t end = text.find(separator); end != std::string_view::npos; end = text.find(separator)) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

std::optional<std::uint16_t> parseGroup(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    const int digit = ascii::hexDigit(c);
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(digit);
  }
  return static_cast<std::uint16_t>(value);
}

/// Groups between single colons; none when there is no text.
std::optional<Groups> parseGroups(std::string_view text) {
  Groups groups;
  if (text.empty()) return groups;
  for (const std::string_view part : split(text, ':')) {
    const std::optional<std::uint16_t> group = parseGroup(part);
    if (!group) return std::nullopt;
    groups.push_back(*group);
  }
  return groups;
}

std::optional<Groups> parseIpv6(std::string_view text) {
  const std::size_t gap = text.find("::");
  std::optional<Groups> groups = parseGroups(text.substr(0, gap));
  if (!groups) return std::nullopt;
  if (gap == std::string_view::npos) return groups->size() == groupsOfAddress ? groups : std::nullopt;
  const std::optional<Groups> tail = parseGroups(text.substr(gap + 2));
  if (!tail || groups->size() + tail->size() >= groupsOfAddress) return std::nullopt;
  groups->resize(groupsOfAddress - tail->size());
  groups->insert(groups->end(), tail->begin(), tail->end());
  return groups;
}

struct Run {
  std::size_t first = 0;
  std::size_t length = 0;
};

/// The first of the longest runs of zeros; a single zero is none.
Run longestRunOfZeros(const Groups& groups) {
  Run longest{groups.size(), 1};
  Run current;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    current = groups[i] != 0 ? Run{i + 1, 0} : Run{current.first, current.length + 1};
    if (current.length > longest.length) longest = current;
  }
  return longest;
}

std::string hexadecimal(std::uint16_t group) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result;
  for (unsigned rest = group; rest != 0 || result.empty(); rest /= 16) result.insert(0, 1, digits[rest % 16]);
  return result;
}

std::string writeIpv6(const Groups& groups) {
  const Run zeros = longestRunOfZeros(groups);
  std::string result = "[";
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (i == zeros.first) {
      result += i == 0 ? "::" : ":";
      i += zeros.length - 1;
      continue;
    }
    result += hexadecimal(groups[i]);
    if (i + 1 < groups.size()) result += ':';
  }
  return result + "]";
}

bool isDecimalByte(std::string_view text) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0')) return false;
  if (!std::all_of(text.begin(), text.end(), ascii::isDigit)) return false;
  return text.size() < 3 || text <= "255";
}

/// What the standard takes for the end of an IPv4 address: digits, or `0x` and hexadecimal digits.
bool isNumber(std::string_view label) {
  if (std::all_of(label.begin(), label.end(), ascii::isDigit)) return true;
  if (!ascii::startsWith(label, "0x")) return false;
  return std::all_of(label.begin() + 2, label.end(), [](char c) { return ascii::hexDigit(c) >= 0; });
}

bool isLabel(std::string_view label) {
  return !label.empty() &&
         std::all_of(label.begin(), label.end(), [](char c) { return ascii::isAlnum(c) || c == '-' || c == '_'; });
}

/// `name` is in lower case.
bool isNameOrIpv4(const std::string& name) {
  std::vector<std::string_view> labels = split(name, '.');
  if (labels.size() == 4 && std::all_of(labels.begin(), labels.end(), isDecimalByte)) return true;
  if (labels.back().empty()) labels.pop_back();
  return !labels.empty() && std::all_of(labels.begin(), labels.end(), isLabel) && !isNumber(labels.back());
}

}  // namespace

std::optional<std::string> parseWebHost(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text.front() == '[') {
    if (text.size() < 2 || text.back() != ']') return std::nullopt;
    const std::optional<Groups> groups = parseIpv6(text.substr(1, text.size() - 2));
    return groups ? std::optional(writeIpv6(*groups)) : std::nullopt;
  }
  std::string name = ascii::lower(text);
  return isNameOrIpv4(name) ? std::optional(std::move(name)) : std::nullopt;
}

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
