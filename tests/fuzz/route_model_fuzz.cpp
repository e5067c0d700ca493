#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "clerk/route_path.hpp"
#include "clerk/route_pattern.hpp"
#include "fuzz_input.hpp"
#include "fuzz_target.hpp"
#include "path_readings.hpp"

namespace clerk = liveblocks::clerk;

namespace {

/// A part of a simple pattern: a character, a parameter of one segment, or everything that follows.
struct Part {
  enum class Kind { character, segment, anything, subtree } kind;
  char character = '\0';
};

bool isPlain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; }

/// Simple patterns consist of letters, digits, `-`, `/`, `:name` behind a slash, and one `(.*)` at the end. nullopt for
/// others.
std::optional<std::vector<Part>> partsOf(std::string_view pattern) {
  std::vector<Part> parts;
  if (pattern.empty() || pattern.front() != '/') return std::nullopt;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const bool isAfterSlash = at > 0 && pattern[at - 1] == '/';
    if (pattern.substr(at) == "(.*)") {
      // Behind a name it is what the parameter matches.
      if (!parts.empty() && parts.back().kind == Part::Kind::segment) return std::nullopt;
      parts.push_back({isAfterSlash ? Part::Kind::anything : Part::Kind::subtree});
      return parts;
    }
    if (pattern[at] == ':' && isAfterSlash) {
      const std::size_t start = at + 1;
      while (at + 1 < pattern.size() && isPlain(pattern[at + 1]) && pattern[at + 1] != '-') ++at;
      if (at + 1 == start) return std::nullopt;
      parts.push_back({Part::Kind::segment});
    } else if (isPlain(pattern[at]) || pattern[at] == '/') {
      parts.push_back({Part::Kind::character, pattern[at]});
    } else {
      return std::nullopt;
    }
  }
  return parts;
}

using Places = std::set<std::size_t>;

/// Where a parameter may end that begins there.
void addEnds(std::string_view path, std::size_t begin, Places& ends) {
  for (std::size_t end = begin; end < path.size() && path[end] != '/' && path[end] != '#' && path[end] != '?'; ++end) {
    ends.insert(end + 1);
  }
}

/// Whether the parts take the whole path, but for a slash at its end.
bool fits(const std::vector<Part>& parts, std::string_view path) {
  Places places{0};
  for (const Part& part : parts) {
    const auto isBefore = [path](char c) {
      return [path, c](std::size_t at) { return at < path.size() && path[at] == c; };
    };
    if (part.kind == Part::Kind::anything) return !places.empty();
    if (part.kind == Part::Kind::subtree) {
      return places.count(path.size()) != 0 || std::any_of(places.begin(), places.end(), isBefore('/'));
    }
    Places next;
    for (const std::size_t at : places) {
      if (part.kind == Part::Kind::segment) addEnds(path, at, next);
      if (part.kind == Part::Kind::character && isBefore(part.character)(at)) next.insert(at + 1);
    }
    places = std::move(next);
  }
  const bool hasSlash = !path.empty() && path.back() == '/';
  return places.count(path.size()) != 0 || (hasSlash && places.count(path.size() - 1) != 0);
}

std::optional<clerk::detail::RoutePattern> readPattern(std::string_view text) {
  try {
    return clerk::detail::RoutePattern(text, true);
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

/// The same in ASCII; nullopt for a path that is not.
std::optional<std::string> asciiOf(const std::u16string& text) {
  std::string result;
  for (const char16_t unit : text) {
    if (unit >= 0x80) return std::nullopt;
    result += static_cast<char>(unit);
  }
  return result;
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  return {"/admin(.*)\n/admin/a/b",
          "/admin(.*)\n/a%64min/%2e%2e/x",
          "/user/:id\n/user/12?x=/../y",
          "/a/:b/c-:d\n/a/b/c-d",
          "/a/(.*)\n/a/b%2Fc//d;e/.f",
          "/:a/x(.*)\n/%41/x%20y/",
          "/:a-b\n/x-b-b/",
          "/a\n/a%2561\\..\\b"};
}

/// Whatever a pattern and a path are, on a line each: a path that is read has one meaning, however a router normalises
/// it, and a simple pattern matches it exactly if a simple matcher says so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t maxInput = 600;
  std::string_view rest = fuzzing::view(data, size < maxInput ? size : maxInput);
  const std::string_view text = fuzzing::takeLine(rest);
  const auto path = clerk::detail::readRoutePath(rest);
  if (!path) return 0;
  const auto decoded = asciiOf(path->decoded);
  if (!decoded) return 0;
  for (const std::string& reading : fuzzing::readingsOf(rest)) fuzzing::require(reading == *decoded);
  const auto parts = partsOf(text);
  if (!parts) return 0;
  const auto pattern = readPattern(text);
  fuzzing::require(pattern.has_value());
  const auto cautious = asciiOf(path->cautious);
  fuzzing::require(pattern->matches(*path) == (fits(*parts, *decoded) && fits(*parts, *cautious)));
  return 0;
}
