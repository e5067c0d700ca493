#include <liveblocks/core/clock.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

Clock::~Clock() = default;

std::chrono::system_clock::time_point Clock::wall() const { return std::chrono::system_clock::now(); }

std::chrono::steady_clock::time_point Clock::steady() const { return std::chrono::steady_clock::now(); }

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
