/// @file
/// How adapters hand on what a guard has found out, where the request of a server has no place for it. Header-only.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include <liveblocks/clerk/request_state.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

/// The states of the requests that a server is handling, by keys that nobody can guess. Thread-safe.
class RequestStates {
 public:
  /// The header with the key. One that a client has sent never reaches the server.
  static const char* header() { return "liveblocks-request"; }

  static std::string add(const clerk::RequestState& state) {
    std::random_device random;
    std::string key;
    for (int i = 0; i < 4; ++i) key += std::to_string(random()) + '-';
    RequestStates& all = instance();
    const std::lock_guard lock(all.mutex_);
    all.states_.emplace(key, state);
    return key;
  }

  static std::optional<clerk::RequestState> find(std::string_view key) {
    RequestStates& all = instance();
    const std::lock_guard lock(all.mutex_);
    const auto found = all.states_.find(key);
    return found == all.states_.end() ? std::nullopt : std::optional(found->second);
  }

  static void remove(const std::string& key) {
    RequestStates& all = instance();
    const std::lock_guard lock(all.mutex_);
    all.states_.erase(key);
  }

 private:
  static RequestStates& instance() {
    static RequestStates states;
    return states;
  }

  std::mutex mutex_;
  std::map<std::string, clerk::RequestState, std::less<>> states_;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
