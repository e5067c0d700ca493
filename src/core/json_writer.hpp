/// Writing compact JSON. Header-only, because the libraries share no private symbols.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/core/json.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace json {
namespace detail {

/// Whether a string consists of printable ASCII that needs no escapes.
inline bool isPlain(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7F' && c != '"' && c != '\\'; });
}

/// Throws `std::invalid_argument` for a string that is not UTF-8.
inline void appendString(std::string& json, std::string_view text) {
  if (isPlain(text)) {
    json.append(1, '"').append(text).append(1, '"');
  } else {
    json += Json(text).text();
  }
}

}  // namespace detail

/// Writes an object with its members in the order of the calls. The caller does not add a name twice. Strings that are
/// not UTF-8 throw `std::invalid_argument`.
class ObjectWriter {
 public:
  /// The object is written into one buffer if `capacity` is its size or more.
  explicit ObjectWriter(std::size_t capacity = 0) {
    text_.reserve(capacity);
    text_ += '{';
  }

  void addString(std::string_view name, std::string_view value) {
    addName(name);
    detail::appendString(text_, value);
  }

  void addInteger(std::string_view name, std::int64_t value) { addJson(name, std::to_string(value)); }

  /// `json` is valid JSON text.
  void addJson(std::string_view name, std::string_view json) {
    addName(name);
    text_ += json;
  }

  /// Adds a member as it is in valid JSON text: `rawName` is between the quotes.
  void addRaw(std::string_view rawName, std::string_view json) {
    separate();
    text_.append(1, '"').append(rawName).append("\":").append(json);
  }

  bool empty() const noexcept { return text_.size() == 1; }

  /// Returns the text and leaves the writer unusable.
  std::string finish() {
    text_ += '}';
    return std::move(text_);
  }

 private:
  void separate() {
    if (!empty()) text_ += ',';
  }

  void addName(std::string_view name) {
    separate();
    detail::appendString(text_, name);
    text_ += ':';
  }

  std::string text_;
};

/// Writes an array with its items in the order of the calls. Strings that are not UTF-8 throw `std::invalid_argument`.
class ArrayWriter {
 public:
  void addString(std::string_view value) {
    separate();
    detail::appendString(text_, value);
  }

  /// `json` is valid JSON text.
  void addJson(std::string_view json) {
    separate();
    text_ += json;
  }

  /// Returns the text and leaves the writer unusable.
  std::string finish() {
    text_ += ']';
    return std::move(text_);
  }

 private:
  void separate() {
    if (text_.size() > 1) text_ += ',';
  }

  std::string text_ = "[";
};

}  // namespace json
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
