/// Machine tokens that say nothing by themselves: only the Backend API knows what they stand for.
#pragma once

#include <string_view>

#include <liveblocks/clerk/token_type.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

struct OpaqueKind {
  TokenType type;
  /// What the tokens begin with.
  std::string_view prefix;
  /// Where they are verified, behind the URL of the API. There is no version in it.
  std::string_view path;
  /// The member of the request that holds the token.
  std::string_view member;
  /// `object` in the answer.
  std::string_view object;
  /// What is told when there is no such token.
  std::string_view notFound;
};

/// Null when the token is none of these.
const OpaqueKind* findOpaqueKind(std::string_view token) noexcept;

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
