/// The rules that nlohmann::json does not enforce by itself: bounded depth and no duplicate member names (RFC 8725
/// §2.4).
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace json {

/// A SAX handler that accepts every value. Derive from it, and call its members from the ones you redefine.
class StrictSax {
 public:
  explicit StrictSax(int maxDepth) : maxDepth_(maxDepth) {}

  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(std::int64_t) { return true; }
  bool number_unsigned(std::uint64_t) { return true; }
  bool number_float(double, const std::string&) { return true; }
  bool string(std::string&) { return true; }
  bool binary(nlohmann::json::binary_t&) { return false; }

  bool start_object(std::size_t) {
    objects_.push_back({names_.size(), text_.size()});
    return enter();
  }
  bool key(std::string& name) {
    names_.push_back({text_.size(), name.size()});
    text_ += name;
    return true;
  }
  bool end_object() {
    const Mark open = objects_.back();
    if (hasDuplicate(open.names)) return fail("duplicate member name");
    names_.resize(open.names);
    text_.resize(open.text);
    objects_.pop_back();
    --depth_;
    return true;
  }
  bool start_array(std::size_t) { return enter(); }
  bool end_array() {
    --depth_;
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) {
    position_ = position;
    return fail("not valid JSON");
  }

  /// Containers that are open now.
  int depth() const noexcept { return depth_; }
  /// Why parsing was given up.
  const char* problem() const noexcept { return problem_; }
  /// The byte at which it was, where known.
  std::size_t position() const noexcept { return position_; }

 protected:
  bool fail(const char* problem) noexcept {
    problem_ = problem;
    return false;
  }

 private:
  /// A member name within `text_`.
  struct Name {
    std::size_t offset;
    std::size_t size;
  };
  /// How much was there when an object began.
  struct Mark {
    std::size_t names;
    std::size_t text;
  };

  std::string_view view(Name name) const { return std::string_view(text_).substr(name.offset, name.size); }

  bool hasDuplicate(std::size_t open) {
    const auto first = names_.begin() + static_cast<std::ptrdiff_t>(open);
    std::sort(first, names_.end(), [this](Name a, Name b) { return view(a) < view(b); });
    return std::adjacent_find(first, names_.end(), [this](Name a, Name b) { return view(a) == view(b); }) !=
           names_.end();
  }

  bool enter() { return ++depth_ <= maxDepth_ || fail("nested too deeply"); }

  int maxDepth_;
  int depth_ = 0;
  /// The names of all members of the objects that are open now, end to end.
  std::string text_;
  std::vector<Name> names_;
  std::vector<Mark> objects_;
  const char* problem_ = "not valid JSON";
  std::size_t position_ = 0;
};

/// Feeds `text` to `sax`. False when it is not one strict JSON value: a byte order mark and NUL bytes, which
/// nlohmann::json accepts, are refused here.
template <class Sax>
bool parseStrictly(std::string_view text, Sax& sax) {
  if (text.empty() || text.front() == '\xEF' || text.find('\0') != std::string_view::npos) return false;
  return nlohmann::json::sax_parse(text.begin(), text.end(), &sax);
}

}  // namespace json
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
