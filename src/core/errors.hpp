/// The error for what is unexpected. Header-only, because the libraries share no private symbols.
#pragma once

#include <liveblocks/core/error.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace errors {

/// Its message fits into the string itself: memory may be what is missing.
inline Error internal() { return {Errc::internal, "internal error"}; }

}  // namespace errors
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
