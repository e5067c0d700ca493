/// A token taken apart, unverified.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base64.hpp"

namespace liveblocks_tests {

struct TokenParts {
  std::string signedText;
  nlohmann::json header;
  nlohmann::json payload;
  std::string signature;
};

inline TokenParts split(const std::string& token) {
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  const auto part = [&](std::size_t from, std::size_t to) {
    return liveblocks::base64url::decode(std::string_view(token).substr(from, to - from)).value();
  };
  return {token.substr(0, last), nlohmann::json::parse(part(0, first)), nlohmann::json::parse(part(first + 1, last)),
          part(last + 1, token.size())};
}

}  // namespace liveblocks_tests
