#include "testing/fake_liveblocks/url_text.hpp"

#include <algorithm>
#include <stdexcept>

#include <liveblocks/core/json.hpp>

#include "core/ascii.hpp"
#include "http/percent.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

namespace {

bool isUtf8(const std::string& text) {
  try {
    const Json checked(text);
    return true;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

bool hasWholeEscapes(std::string_view text) {
  for (std::size_t i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 1)) {
    if (!http::percentEscapeAt(text, i)) return false;
  }
  return true;
}

}  // namespace

std::optional<std::string> percentDecode(std::string_view text) {
  if (!hasWholeEscapes(text)) return std::nullopt;
  std::string decoded = http::percentDecodeLeniently(text);
  if (!isUtf8(decoded)) return std::nullopt;
  return decoded;
}

std::optional<std::vector<std::pair<std::string, std::string>>> readQuery(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> parameters;
  std::string spaced(query);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  for (std::string_view rest = spaced; !rest.empty();) {
    const auto [pair, others] = ascii::splitOnce(rest, '&');
    rest = others;
    if (pair.empty()) continue;
    const auto [name, value] = ascii::splitOnce(pair, '=');
    auto decodedName = percentDecode(name);
    auto decodedValue = percentDecode(value);
    if (!decodedName || !decodedValue) return std::nullopt;
    parameters.emplace_back(*std::move(decodedName), *std::move(decodedValue));
  }
  return parameters;
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
