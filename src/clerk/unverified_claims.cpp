#include "clerk/unverified_claims.hpp"

#include "base64url.hpp"
#include "json/strict_sax.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr int maxDepth = 32;

class ClaimsReader : public json::StrictSax {
 public:
  ClaimsReader() : StrictSax(maxDepth) {}

  bool key(std::string& name) {
    if (depth() == 1) member_ = name;
    return StrictSax::key(name);
  }
  bool string(std::string& text) {
    if (depth() == 1 && member_ == "iss") claims_.issuer = text;
    return true;
  }
  bool number_integer(std::int64_t value) { return number(static_cast<double>(value)); }
  bool number_unsigned(std::uint64_t value) { return number(static_cast<double>(value)); }
  bool number_float(double value, const std::string&) { return number(value); }

  UnverifiedClaims claims() && { return std::move(claims_); }

 private:
  bool number(double value) {
    if (depth() == 1 && member_ == "iat") claims_.issuedAt = value;
    return true;
  }

  std::string member_;
  UnverifiedClaims claims_;
};

}  // namespace

std::optional<UnverifiedClaims> readUnverifiedClaims(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  if (first == last) return std::nullopt;
  const auto payload = base64url::decode(token.substr(first + 1, last - first - 1));
  if (!payload || payload->empty() || payload->front() != '{') return std::nullopt;
  ClaimsReader reader;
  if (!json::parseStrictly(*payload, reader)) return std::nullopt;
  return std::move(reader).claims();
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
