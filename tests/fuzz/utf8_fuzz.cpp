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

/// As RFC 3629 defines it, code point by code point; nullopt for malformed text.
std::optional<std::u16string> unitsOf(std::string_view text) {
  std::u16string units;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC0 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF8 ? 4
                                             : 0;
    if (length == 0 || at + length > text.size()) return std::nullopt;
    std::uint32_t point = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
      const auto next = static_cast<unsigned char>(text[at + i]);
      if ((next & 0xC0U) != 0x80) return std::nullopt;
      point = (point << 6) | (next & 0x3FU);
    }
    constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[length] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return std::nullopt;
    if (point >= 0x10000) {
      units += static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10));
      units += static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF));
    } else {
      units += static_cast<char16_t>(point);
    }
    at += length;
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
