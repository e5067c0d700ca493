#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "core/text.hpp"
#include "fuzz_input.hpp"
#include "fuzz_target.hpp"
#include "http/form.hpp"

namespace utf8 = liveblocks::utf8;
namespace http = liveblocks::http::detail;

namespace {

/// How many bytes a code point takes by its first byte; 0 for one that none begins with.
std::size_t lengthOf(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xC0 || lead >= 0xF8) return 0;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

/// The code point at the front, by RFC 3629; nullopt for malformed text.
std::optional<std::uint32_t> pointOf(std::string_view text, std::size_t length) {
  constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  if (length == 0 || length > text.size()) return std::nullopt;
  const auto lead = static_cast<unsigned char>(text.front());
  std::uint32_t point = length == 1 ? lead : lead & (0x7FU >> length);
  for (const char c : text.substr(1, length - 1)) {
    const auto next = static_cast<unsigned char>(c);
    if ((next & 0xC0U) != 0x80) return std::nullopt;
    point = (point << 6U) | (next & 0x3FU);
  }
  const bool isSurrogate = point >= 0xD800 && point < 0xE000;
  return point < least.at(length) || point > 0x10FFFF || isSurrogate ? std::nullopt : std::optional(point);
}

/// Code point by code point; nullopt for malformed text.
std::optional<std::u16string> unitsOf(std::string_view text) {
  std::u16string units;
  while (!text.empty()) {
    const std::size_t length = lengthOf(static_cast<unsigned char>(text.front()));
    const auto point = pointOf(text, length);
    if (!point) return std::nullopt;
    if (*point >= 0x10000) {
      units += static_cast<char16_t>(0xD800 + ((*point - 0x10000) >> 10U));
      units += static_cast<char16_t>(0xDC00 + ((*point - 0x10000) & 0x3FFU));
    } else {
      units += static_cast<char16_t>(*point);
    }
    text.remove_prefix(length);
  }
  return units;
}

/// A form is written so that it is read as the same.
void checkForm(std::string_view text) {
  const auto parameters = http::parseForm(text);
  const std::string written = http::writeForm(parameters);
  fuzzing::require(http::parseForm(written) == parameters && http::writeForm(http::parseForm(written)) == written);
  for (const auto& [name, value] : parameters) fuzzing::require(utf8::isValid(name) && utf8::isValid(value));
}

void checkEscapes(std::string_view text) {
  const std::string escaped = http::percentEncode(text, http::componentEscapes);
  fuzzing::require(liveblocks::ascii::isPrintable(escaped) && http::percentDecode(escaped) == std::string(text));
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  return {"abc \xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", "\xEF\xBB\xBF\xED\x9F\xBF\xEE\x80\x80",
          "\xC0\x80\xED\xA0\x80\xF4\x90\x80\x80", "a=b&c=%41+%e9&&=d&e", "\xE2\x80\xA8\x7F\xC2\x85\xF0\x9F"};
}

/// A text is UTF-8 exactly if an independent decoder says so, and is repaired and printed as UTF-8 whatever it is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzzing::view(data, size);
  const auto units = utf8::toUtf16(text);
  fuzzing::require(units == unitsOf(text) && utf8::isValid(text) == units.has_value());
  fuzzing::require(utf8::utf16Length(text) == (units ? std::optional(units->size()) : std::nullopt));
  const std::string repaired = utf8::replaceMalformed(text);
  fuzzing::require(utf8::isValid(repaired) && (units.has_value() == (repaired == text)));
  fuzzing::require(utf8::isValid(utf8::decode(text)) && utf8::isValid(utf8::printable(text, 40)));
  checkForm(text);
  checkEscapes(text);
  return 0;
}
