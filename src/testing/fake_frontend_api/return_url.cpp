#include "testing/fake_frontend_api/return_url.hpp"

#include <algorithm>

#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

bool isPageOf(std::string_view origin, std::string_view url) noexcept {
  if (!ascii::startsWith(url, origin)) return false;
  const std::string_view rest = url.substr(origin.size());
  const bool isWhole = rest.empty() || rest.front() == '/' || rest.front() == '?' || rest.front() == '#';
  return isWhole && std::all_of(rest.begin(), rest.end(), [](char c) { return c != ' ' && ascii::isPrintable(c); });
}

std::string withParameter(std::string_view url, const std::string& name, const std::string& value) {
  const std::string_view page = url.substr(0, url.find('#'));
  const char* const separator = page.find('?') == std::string_view::npos ? "?" : "&";
  return std::string(page) + separator + name + "=" + value;
}

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
