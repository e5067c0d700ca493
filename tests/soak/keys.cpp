#include "keys.hpp"

#include <liveblocks/core/json.hpp>

namespace soak {
namespace {

constexpr const char* instance = "clerk.example.com";

}  // namespace

KeyRing::KeyRing() : rogue_(instance, "ins_rogue") {
  published_.push_back(makeKey());
  signing_ = published_.back().issuer;
}

KeyRing::Key KeyRing::makeKey() { return {ClerkIssuer(instance, "ins_" + std::to_string(++made_)), Clock::now()}; }

void KeyRing::publishNext() {
  Key key = makeKey();
  const std::lock_guard lock(mutex_);
  key.publishedAt = Clock::now();
  published_.push_back(std::move(key));
}

void KeyRing::signWithNewest() {
  const std::lock_guard lock(mutex_);
  signing_ = published_.back().issuer;
}

void KeyRing::dropOld() {
  const std::lock_guard lock(mutex_);
  if (published_.size() < 2) return;
  retired_ = published_.front().issuer;
  published_.erase(published_.begin(), published_.end() - 1);
}

ClerkIssuer KeyRing::signing() const {
  const std::lock_guard lock(mutex_);
  return *signing_;
}

std::optional<ClerkIssuer> KeyRing::retired() const {
  const std::lock_guard lock(mutex_);
  return retired_;
}

std::string KeyRing::jwks() const {
  const std::lock_guard lock(mutex_);
  std::string keys;
  for (const Key& key : published_) {
    const std::string one = key.issuer.jwks();
    const std::size_t begin = one.find('[') + 1;
    keys += (keys.empty() ? "" : ",") + one.substr(begin, one.rfind(']') - begin);
  }
  return R"({"keys":[)" + keys + "]}";
}

std::optional<Moment> KeyRing::publishedSince(const std::string& keyId) const {
  const std::lock_guard lock(mutex_);
  for (const Key& key : published_) {
    if (key.issuer.keyId() == keyId) return key.publishedAt;
  }
  return std::nullopt;
}

std::vector<std::string> keyIdsOf(const std::string& jwks) {
  std::vector<std::string> ids;
  const auto set = liveblocks::Json::parse(jwks);
  for (const liveblocks::Json& key : set.find("keys").value_or(nullptr).items()) {
    ids.push_back(key.find("kid").value_or(nullptr).asString().value_or(""));
  }
  return ids;
}

}  // namespace soak
