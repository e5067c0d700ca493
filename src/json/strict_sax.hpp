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
    objects_.push_back(names_.size());
    return enter();
  }
  bool key(std::string& name) {
    names_.push_back(name);
    return true;
  }
  bool end_object() {
    const auto first = names_.begin() + static_cast<std::ptrdiff_t>(objects_.back());
    std::sort(first, names_.end());
    if (std::adjacent_find(first, names_.end()) != names_.end()) return fail("duplicate member name");
    names_.erase(first, names_.end());
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
  bool enter() { return ++depth_ <= maxDepth_ || fail("nested too deeply"); }

  int maxDepth_;
  int depth_ = 0;
  std::vector<std::string> names_;
  std::vector<std::size_t> objects_;
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
