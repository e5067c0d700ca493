/// Headers and payloads of Clerk's tokens, as JSON text.
#pragma once

#include <string>
#include <vector>

#include <liveblocks/testing/clerk_issuer.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// What is signed.
struct TokenText {
  std::string header;
  std::string payload;
};

/// Who signs it.
struct Instance {
  std::string issuer;
  std::string keyId;
};

/// Throws `std::invalid_argument` for a version or a permission that cannot be encoded.
TokenText sessionText(const SessionTokenSpec& spec, const Instance& instance);
TokenText templateText(const TemplateTokenSpec& spec, const Instance& instance);
TokenText m2mText(const M2mTokenSpec& spec, const Instance& instance);
TokenText oauthText(const OauthTokenSpec& spec, const Instance& instance);
TokenText handshakeText(const std::vector<std::string>& directives, const Instance& instance);

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
