/// Files in the format of Wycheproof, signed with keys of the test's own.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "test_key.hpp"

namespace vectors_tests {

inline std::string hexOf(const std::string& bytes) {
  constexpr const char* digits = "0123456789abcdef";
  std::string hex;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex.append(1, digits[byte / 16]).append(1, digits[byte % 16]);
  }
  return hex;
}

inline nlohmann::json signatureCase(int id, const std::string& message, const std::string& signature,
                                    const std::string& result) {
  return {{"tcId", id},
          {"comment", "case " + std::to_string(id)},
          {"flags", {"A"}},
          {"msg", hexOf(message)},
          {"sig", hexOf(signature)},
          {"result", result}};
}

inline nlohmann::json signatureFile(const std::vector<nlohmann::json>& tests, const std::string& digest = "SHA-256",
                                    const liveblocks_tests::TestKey& key = liveblocks_tests::sharedKey()) {
  const nlohmann::json group{
      {"type", "RsassaPkcs1Verify"}, {"sha", digest}, {"publicKeyPem", key.spki()}, {"tests", tests}};
  return {{"testGroups", nlohmann::json::array({group})}};
}

}  // namespace vectors_tests
