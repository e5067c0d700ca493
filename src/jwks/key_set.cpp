#include "jwks/key_set.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base64url.hpp"
#include "core/members.hpp"
#include "core/strict_json.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwks {
namespace {

constexpr int maxDepth = 16;
constexpr std::size_t maxKeyIdSize = 256;

Error refuse(const char* problem) { return {Errc::malformed, std::string("the JWK Set ") + problem}; }

using Members = std::vector<json::Member>;

bool isAbsentOr(const Members& jwk, std::string_view name, std::string_view value) {
  const std::string_view text = json::findMember(jwk, name);
  return text.empty() || json::toString(text) == value;
}

bool allowsVerification(std::string_view operations) {
  if (operations.empty()) return true;
  const auto items = json::items(operations);
  return std::any_of(items.begin(), items.end(),
                     [](std::string_view item) { return json::toString(item) == "verify"; });
}

bool isForRs256(const Members& jwk) {
  return json::toString(json::findMember(jwk, "kty")) == "RSA" && isAbsentOr(jwk, "use", "sig") &&
         isAbsentOr(jwk, "alg", "RS256") && allowsVerification(json::findMember(jwk, "key_ops")) &&
         json::findMember(jwk, "d").empty();
}

}  // namespace

Result<KeySet> KeySet::parse(std::string_view json, const KeySet* previous) {
  if (json.size() > maxDocumentSize) return refuse("is larger than 256 KiB");
  if (!json::isStrict(json, maxDepth)) return refuse("is not strict JSON");
  const std::string_view keys = json::findMember(json::members(json), "keys");
  if (keys.empty() || keys.front() != '[') return refuse("has no array of keys");
  const std::vector<std::string_view> jwks = json::items(keys);
  if (jwks.size() > maxKeys) return refuse("has more than 64 keys");
  KeySet set;
  for (const std::string_view jwk : jwks) {
    if (const auto problem = set.add(jwk, previous)) return *problem;
  }
  if (set.entries_.empty()) return refuse("has no usable key");
  return set;
}

std::optional<Error> KeySet::add(std::string_view jwk, const KeySet* previous) {
  std::optional<Entry> entry = read(jwk);
  if (entry && previous != nullptr) entry->key = previous->findSame(*entry);
  if (entry && entry->key == nullptr) entry->key = build(*entry);
  if (!entry || entry->key == nullptr) {
    ++skipped_;
    return std::nullopt;
  }
  if (find(entry->keyId) != nullptr) return refuse("has two keys with one kid");
  entries_.push_back(*std::move(entry));
  return std::nullopt;
}

std::optional<KeySet::Entry> KeySet::read(std::string_view text) {
  const Members jwk = json::members(text);
  if (!isForRs256(jwk)) return std::nullopt;
  auto keyId = json::toString(json::findMember(jwk, "kid"));
  auto modulus = json::toString(json::findMember(jwk, "n"));
  auto exponent = json::toString(json::findMember(jwk, "e"));
  if (!keyId || keyId->empty() || keyId->size() > maxKeyIdSize || !modulus || !exponent) return std::nullopt;
  return Entry{*std::move(keyId), *std::move(modulus), *std::move(exponent), nullptr};
}

KeyPointer KeySet::build(const Entry& entry) {
  const auto modulus = base64url::decode(entry.modulus);
  const auto exponent = base64url::decode(entry.exponent);
  if (!modulus || !exponent) return nullptr;
  const auto key = crypto::RsaPublicKey::fromNumbers(*modulus, *exponent);
  return key ? *key : nullptr;
}

KeyPointer KeySet::find(std::string_view keyId) const {
  for (const Entry& entry : entries_) {
    if (entry.keyId == keyId) return entry.key;
  }
  return nullptr;
}

KeyPointer KeySet::findSame(const Entry& wanted) const {
  for (const Entry& entry : entries_) {
    if (entry.keyId == wanted.keyId && entry.modulus == wanted.modulus && entry.exponent == wanted.exponent) {
      return entry.key;
    }
  }
  return nullptr;
}

}  // namespace jwks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
