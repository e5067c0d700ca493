#include "testing/fake_liveblocks/shape.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

using nlohmann::ordered_json;

std::string Flaw::message() const {
  if (depth == 0) return what + '.';
  return std::string("Value at ") + (depth == 1 ? "key" : "keypath") + " '" + path + "': " + what + '.';
}

Checked at(std::string_view key, Checked flaw) {
  if (!flaw) return flaw;
  flaw->path = flaw->depth == 0 ? std::string(key) : std::string(key) + '.' + flaw->path;
  ++flaw->depth;
  return flaw;
}

Checked checkObject(const ordered_json& value, std::initializer_list<Field> fields) {
  if (!value.is_object()) return Flaw{"Must be an object"};
  for (const Field& field : fields) {
    const auto member = value.find(std::string(field.name));
    if (member != value.end()) {
      if (auto flaw = at(field.name, field.check(*member))) return flaw;
    } else if (field.required) {
      return Flaw{"Missing key: '" + std::string(field.name) + '\''};
    }
  }
  return std::nullopt;
}

Checked checkMembers(const ordered_json& value, Check check) {
  if (!value.is_object()) return Flaw{"Must be an object"};
  for (const auto& [key, member] : value.items()) {
    if (auto flaw = at(key, check(member))) return flaw;
  }
  return std::nullopt;
}

Checked checkItems(const ordered_json& value, Check check) {
  if (!value.is_array()) return Flaw{"Must be an array"};
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (auto flaw = at(std::to_string(i), check(value[i]))) return flaw;
  }
  return std::nullopt;
}

Checked checkString(const ordered_json& value) {
  if (!value.is_string()) return Flaw{"Must be string"};
  return std::nullopt;
}

std::size_t lengthOf(std::string_view text) noexcept {
  std::size_t length = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = (byte & 0xC0U) == 0x80U;
    const bool isSurrogatePair = byte >= 0xF0U;
    length += continues ? 0U : isSurrogatePair ? 2U : 1U;
  }
  return length;
}

Checked checkLength(std::string_view text, std::size_t least, std::size_t most) {
  const std::size_t length = lengthOf(text);
  if (length < least) return Flaw{"Must not be empty"};
  if (length > most) return Flaw{"Too long, must be at most " + std::to_string(most) + " characters"};
  return std::nullopt;
}

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
