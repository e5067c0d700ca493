#include "vectors.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "core/text.hpp"
#include "crypto/rsa_public_key.hpp"
#include "jwks/key_set.hpp"
#include "jwt/jws.hpp"

namespace vectors {
namespace {

using liveblocks::Errc;
using liveblocks::Error;
using liveblocks::Result;
using liveblocks::jwks::KeyPointer;
using liveblocks::jwks::KeySet;
using nlohmann::json;

std::string bytesOf(const std::string& hex) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
    const int high = liveblocks::ascii::hexDigit(hex[at]);
    const int low = liveblocks::ascii::hexDigit(hex[at + 1]);
    if (high < 0 || low < 0) throw std::invalid_argument("a text is not hexadecimal");
    bytes += static_cast<char>(high * 16 + low);
  }
  if (hex.size() % 2 != 0) throw std::invalid_argument("a text is not hexadecimal");
  return bytes;
}

/// What the library says of a case; empty if it accepts it.
using Outcome = std::string;

/// The cases of one key.
class Group {
 public:
  Group() = default;
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;
  virtual ~Group() = default;

  virtual Outcome judge(const json& test) const = 0;
  /// Whether the library refuses the case on purpose, though it is valid.
  virtual bool isForeign(const json& test) const = 0;
};

class SignatureGroup : public Group {
 public:
  explicit SignatureGroup(const json& group)
      : key_(liveblocks::crypto::readRsaPublicKeyPem(group.at("publicKeyPem").get<std::string>())) {
    if (group.at("sha") != "SHA-256") throw std::invalid_argument("the only digest of the library is SHA-256");
  }

  Outcome judge(const json& test) const override {
    if (!key_) return key_.error().message;
    const std::string message = bytesOf(test.at("msg"));
    const auto verdict = (*key_)->verify(message, bytesOf(test.at("sig")));
    return verdict == liveblocks::crypto::RsaPublicKey::Verdict::valid ? "" : "the signature is not valid";
  }

  bool isForeign(const json&) const override { return false; }

 private:
  Result<KeyPointer> key_;
};

class TokenGroup : public Group {
 public:
  explicit TokenGroup(const json& group) : keys_(keysOf(group)), set_(KeySet::parse(json{{"keys", keys_}}.dump())) {}

  Outcome judge(const json& test) const override {
    if (!set_) return set_.error().message;
    static const liveblocks::jwt::JwsVerifier verifier({{}, {"JWT"}, true, true});
    const auto payload =
        verifier.verifySignature(test.at("jws").get<std::string>(), [this](const auto& keyId) { return find(keyId); });
    if (payload || isAboutPayload(payload.error())) return "";
    return payload.error().message;
  }

  bool isForeign(const json& test) const override {
    const std::string jws = test.at("jws");
    if (jws.find("..") != std::string::npos) return true;
    const auto header = liveblocks::jwt::decodeJsonPart(std::string_view(jws).substr(0, jws.find('.')), "header");
    if (header && json::parse(*header).value("alg", "") != "RS256") return true;
    return std::any_of(keys_.begin(), keys_.end(), [](const json& key) {
      return key.value("alg", "RS256") != "RS256" || key.value("kty", "") != "RSA";
    });
  }

 private:
  /// Those of the public key or key set, or of the private one for algorithms that have no other.
  static json keysOf(const json& group) {
    const json& given = group.at(group.contains("public") ? "public" : "private");
    json keys = given.contains("keys") ? given.at("keys") : json::array({given});
    for (json& key : keys) {
      if (!key.contains("kid")) key["kid"] = "the only one";
    }
    return keys;
  }

  /// A token that names no key may be of the only one.
  Result<KeyPointer> find(const std::optional<std::string>& keyId) const {
    KeyPointer key = keyId || keys_.size() == 1 ? set_->find(keyId.value_or(keys_.at(0).at("kid"))) : nullptr;
    if (key == nullptr) return Error{Errc::unknownKey, "there is no such key"};
    return key;
  }

  static bool isAboutPayload(const Error& error) {
    return liveblocks::ascii::startsWith(error.message, "the token's payload");
  }

  json keys_;
  Result<KeySet> set_;
};

std::unique_ptr<const Group> groupOf(const json& group) {
  const std::string type = group.at("type");
  if (type == "RsassaPkcs1Verify") return std::make_unique<SignatureGroup>(group);
  for (const char* known : {"JsonWebSignature", "JsonWebKey", "JsonWebCrypto"}) {
    if (type == known) return std::make_unique<TokenGroup>(group);
  }
  throw std::invalid_argument("test groups of the type " + type + " are not known");
}

void judge(const Group& group, const json& test, Report& report) {
  const Outcome outcome = group.judge(test);
  const std::string expected = test.at("result");
  ++report.cases;
  if (expected == "acceptable" || (expected == "valid") == outcome.empty()) {
    ++report.agreed;
    return;
  }
  Difference difference{test.at("tcId"), test.value("comment", ""), test.value("flags", std::vector<std::string>()),
                        expected, outcome.empty() ? "accepted" : outcome};
  const bool isRefused = !outcome.empty();
  (isRefused && group.isForeign(test) ? report.foreign : report.disagreements).push_back(std::move(difference));
}

}  // namespace

Report run(const json& file) {
  Report report;
  try {
    for (const json& group : file.at("testGroups")) {
      const auto known = groupOf(group);
      for (const json& test : group.at("tests")) {
        if (group.at("type") != "JsonWebCrypto" || test.contains("jws")) judge(*known, test, report);
      }
    }
  } catch (const json::exception& problem) {
    throw std::invalid_argument(std::string("this is no file of test vectors: ") + problem.what());
  }
  if (report.cases == 0) throw std::invalid_argument("there are no cases in this file");
  return report;
}

}  // namespace vectors
