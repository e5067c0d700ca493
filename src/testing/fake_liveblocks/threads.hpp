/// The threads that the fake stores with a room.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

#include "core/nlohmann.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_liveblocks {

/// All bodies have been checked. 404, `THREAD_NOT_FOUND` or `COMMENT_NOT_FOUND`, for what is not there.
class Threads {
 public:
  /// The query may only be `resolved:true` or `resolved:false`; any other one is refused with 422, `INVALID_QUERY`.
  http::Response list(std::string_view query) const;
  http::Response get(const std::string& threadId);
  http::Response create(const std::string& roomId, const nlohmann::ordered_json& body,
                        std::chrono::system_clock::time_point at);
  http::Response remove(const std::string& threadId);
  http::Response resolve(const std::string& threadId, bool resolved, std::chrono::system_clock::time_point at);
  http::Response addComment(const std::string& threadId, const nlohmann::ordered_json& body,
                            std::chrono::system_clock::time_point at);
  http::Response getComment(const std::string& threadId, const std::string& commentId);
  /// The room has another id from now on.
  void rename(const std::string& roomId);

 private:
  /// Null if there is none.
  nlohmann::ordered_json* find(const std::string& threadId);
  nlohmann::ordered_json newComment(const nlohmann::ordered_json& body, std::chrono::system_clock::time_point at);

  /// The oldest first.
  std::vector<nlohmann::ordered_json> threads_;
  std::uint64_t lastNumber_ = 0;
};

}  // namespace testing::fake_liveblocks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
