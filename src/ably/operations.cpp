#include "ably/operations.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {
namespace {

/// In the order of the enumeration.
constexpr std::array<std::string_view, 18> names = {everyOperation,
                                                    "publish",
                                                    "subscribe",
                                                    "presence",
                                                    "object-subscribe",
                                                    "object-publish",
                                                    "annotation-subscribe",
                                                    "annotation-publish",
                                                    "message-update-any",
                                                    "message-update-own",
                                                    "message-delete-any",
                                                    "message-delete-own",
                                                    "history",
                                                    "stats",
                                                    "channel-metadata",
                                                    "push-subscribe",
                                                    "push-admin",
                                                    "privileged-headers"};
static_assert(names.size() == static_cast<std::size_t>(Operation::privilegedHeaders) + 1);

}  // namespace

std::string_view nameOf(Operation operation) { return names.at(static_cast<std::size_t>(operation)); }

bool isKnownOperation(std::string_view name) noexcept {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
