#include "common/environment.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <string_view>

namespace examples {
namespace {

/// White space, quotes and invisible marks in UTF-8.
constexpr std::array<std::string_view, 20> pastedAround{" ",
                                                        "\t",
                                                        "\r",
                                                        "\n",
                                                        "\"",
                                                        "'",
                                                        "`",
                                                        "\xE2\x80\x98",
                                                        "\xE2\x80\x99",
                                                        "\xE2\x80\x9C",
                                                        "\xE2\x80\x9D",
                                                        "\xE2\x80\x9E",
                                                        "\xC2\xA0",
                                                        "\xE2\x80\xA8",
                                                        "\xE2\x80\xAF",
                                                        "\xE2\x80\x8B",
                                                        "\xE2\x80\x8C",
                                                        "\xE2\x80\x8D",
                                                        "\xE2\x81\xA0",
                                                        "\xEF\xBB\xBF"};

/// Returns the size of the mark that matches; 0 if there is none.
template <class Matches>
std::size_t sizeOfMark(const Matches& matches) {
  const auto* const mark = std::find_if(pastedAround.begin(), pastedAround.end(), matches);
  return mark == pastedAround.end() ? 0 : mark->size();
}

std::size_t markAtFront(std::string_view text) {
  return sizeOfMark([&](std::string_view mark) { return text.substr(0, mark.size()) == mark; });
}

std::size_t markAtEnd(std::string_view text) {
  return sizeOfMark([&](std::string_view mark) {
    return text.size() >= mark.size() && text.substr(text.size() - mark.size()) == mark;
  });
}

}  // namespace

std::string variable(const char* name, const char* fallback) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): there are no threads yet.
  return value != nullptr && *value != '\0' ? value : fallback;
}

std::string pastedVariable(const char* name, const char* fallback) {
  const std::string pasted = variable(name);
  std::string_view text = pasted;
  while (const std::size_t size = markAtFront(text)) text.remove_prefix(size);
  while (const std::size_t size = markAtEnd(text)) text.remove_suffix(size);
  return text.empty() ? fallback : std::string(text);
}

}  // namespace examples
