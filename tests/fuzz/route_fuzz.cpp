#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "clerk/route_path.hpp"
#include "clerk/route_pattern.hpp"
#include "fuzz_target.hpp"

namespace clerk = liveblocks::clerk;

std::vector<std::string> fuzzing::seeds() {
  return {"/dashboard(.*)\n/dashboard/a/b",       "/user/:id(\\d+)\n/user/12?x=1", "/:a-:b{/:c}*\n/x-y/%7a/z",
          "/((?:a|b[^c-e\\w])*?x{2,3})\n/ab-xxx", "/:path+\n/a%20b/%E6%97%A5",     "{/(.+).html}?\n/a.html"};
}

namespace {

void checkPath(const clerk::detail::RoutePath& path) {
  fuzzing::require(path.decoded.front() == u'/' && path.cautious.front() == u'/');
  fuzzing::require(path.decoded.size() <= path.cautious.size() && path.cautious.size() <= clerk::detail::maxPathSize);
  fuzzing::require(path.decoded.find_first_of(u"\\;\n\r") == std::u16string::npos);
  fuzzing::require(path.decoded.find(u"//") == std::u16string::npos);
  fuzzing::require(path.decoded.find(u"/../") == std::u16string::npos);
}

}  // namespace

/// Whatever pattern and path are, on a line each: a pattern is read or refused, a path that is read is a plain one, and
/// a match with regard to case is one without.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::string_view pattern = std::string_view(input).substr(0, input.find('\n'));
  const auto path = clerk::detail::readRoutePath(std::string_view(input).substr(std::min(pattern.size() + 1, size)));
  if (path) checkPath(*path);
  try {
    const clerk::detail::RoutePattern exact(pattern, true);
    const clerk::detail::RoutePattern anyCase(pattern, false);
    if (path && exact.matches(*path)) fuzzing::require(anyCase.matches(*path));
  } catch (const std::invalid_argument& error) {
    fuzzing::require(std::string_view(error.what()).find("cannot read the route pattern") == 0);
  }
  return 0;
}
