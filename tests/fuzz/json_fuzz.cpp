#include <set>

#include <nlohmann/json.hpp>

#include "core/json_members.hpp"
#include "core/strict_json.hpp"
#include "fuzz_target.hpp"

namespace json = liveblocks::json;

namespace {

constexpr int maxDepth = 8;

/// The rules of `isStrict()` on top of another parser.
class Oracle {
 public:
  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(std::int64_t) { return true; }
  bool number_unsigned(std::uint64_t) { return true; }
  bool number_float(double, const std::string&) { return true; }
  bool string(std::string&) { return true; }
  bool binary(nlohmann::json::binary_t&) { return false; }
  bool start_object(std::size_t) { return enter(); }
  bool key(std::string& name) { return names_.back().insert(name).second; }
  bool end_object() { return leave(); }
  bool start_array(std::size_t) { return enter(); }
  bool end_array() { return leave(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) { return false; }

 private:
  bool enter() {
    names_.emplace_back();
    return names_.size() <= maxDepth;
  }
  bool leave() {
    names_.pop_back();
    return true;
  }

  std::vector<std::set<std::string>> names_;
};

/// nlohmann::json takes a byte order mark, and NUL for the end.
bool isStrictByOracle(const std::string& text) {
  if (text.empty() || text.front() == '\xEF' || text.find('\0') != std::string::npos) return false;
  Oracle oracle;
  return nlohmann::json::sax_parse(text, &oracle);
}

/// The parts of a strict text are strict, and are those of the tree.
void checkParts(const std::string& text) {
  const auto tree = nlohmann::json::parse(text);
  const auto members = json::members(text);
  const auto items = json::items(text);
  fuzzing::require(members.size() == (tree.is_object() ? tree.size() : 0));
  fuzzing::require(items.size() == (tree.is_array() ? tree.size() : 0));
  for (const json::Member& member : members) fuzzing::require(json::isStrict(member.value, maxDepth));
  for (std::size_t i = 0; i < items.size(); ++i) fuzzing::require(nlohmann::json::parse(items[i]) == tree[i]);
  if (!tree.is_object()) return;
  for (const auto& [name, value] : tree.items()) {
    fuzzing::require(nlohmann::json::parse(json::findMember(members, name)) == value);
  }
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  return {R"({"a":1,"b":[true,false,null],"c":{"d":"e","f":{}}})",
          R"( [ -0 , 1.5e+3 , 1E-400, 12345678901234567890, 0.1 , "x" ] )",
          R"({"\u0061":"\ud83d\ude00\n\/\"","b\\":"\u00e9","":""})",
          "{\"\xC3\xA9\":\"\xE2\x82\xAC\xF0\x9F\x98\x80\",\"n\":[[[[[[[]]]]]]]}",
          R"({"exp":1735689660,"o":{"id":"org_1","per":"a,b"},"aud":["a","b"],"sub":"user_1"})"};
}

/// A text is strict exactly when an independent parser and the rules on top of it say so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const bool strict = json::isStrict(text, maxDepth);
  fuzzing::require(strict == isStrictByOracle(text));
  if (strict) checkParts(text);
  return 0;
}
