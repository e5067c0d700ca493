#include "http/form.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

std::string percentEncode(std::string_view text, std::string_view escapes) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x7F && !ascii::isControl(c) && escapes.find(c) == std::string_view::npos) {
      result.push_back(c);
    } else {
      result.append({'%', digits[byte >> 4U], digits[byte & 0xFU]});
    }
  }
  return result;
}

namespace {

std::string decode(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return utf8::replaceMalformed(percentDecodeLeniently(spaced));
}

std::string encode(std::string_view text) {
  std::string result = percentEncode(text, formEscapes);
  std::replace(result.begin(), result.end(), ' ', '+');
  return result;
}

}  // namespace

FormParameters parseForm(std::string_view text) {
  FormParameters parameters;
  while (!text.empty()) {
    const auto [pair, rest] = ascii::splitOnce(text, '&');
    text = rest;
    if (pair.empty()) continue;
    const auto [name, value] = ascii::splitOnce(pair, '=');
    parameters.emplace_back(decode(name), decode(value));
  }
  return parameters;
}

std::string writeForm(const FormParameters& parameters) {
  std::string result;
  for (const auto& [name, value] : parameters) {
    if (!result.empty()) result += '&';
    result.append(encode(name)).append("=").append(encode(value));
  }
  return result;
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
