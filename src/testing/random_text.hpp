/// Names that nobody can guess.
#pragma once

#include <string>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
/// 22 letters, digits, `-` and `_` from 128 random bits. Throws `std::runtime_error` when the crypto library fails.
std::string randomText();

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
