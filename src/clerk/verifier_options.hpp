/// Whether the options of a verifier make sense.
#pragma once

#include <string>

#include <liveblocks/clerk/session_verifier.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace detail {

/// Returns them in their normal form: without what was pasted around a text, lists of origins taken apart. Throws
/// `std::invalid_argument` naming the option and what is wrong with it, without the value.
SessionVerifierOptions checkedVerifierOptions(SessionVerifierOptions options);

/// Throws `std::invalid_argument` naming the option and its limits.
void checkKeyCacheOptions(const KeyCacheOptions& options);

/// The same of issuers alone. `option`: its name.
AcceptedIssuers checkedIssuers(const std::string& option, const AcceptedIssuers& given);

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
