/// Whether the options of a verifier make sense.
#pragma once

#include <liveblocks/clerk/session_verifier.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// Throws `std::invalid_argument` naming the option and what is wrong with it.
void checkOptions(const VerifierOptions& options);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
