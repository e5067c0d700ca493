/// Calls of Liveblocks' room endpoints.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>

#include "client_state.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// What an answer may have. A room with 1000 users and 1000 groups whose ids are as long as they may be has some 2 MiB.
constexpr std::size_t maxRoomAnswer = std::size_t{4} << 20;
/// For a page: 100 rooms of 335 kB each.
constexpr std::size_t maxRoomPageAnswer = std::size_t{32} << 20;

/// What is asked. A path or body that cannot be made is the outcome of the call.
struct RoomCall {
  std::string_view method;
  /// `/v2/rooms…`
  Result<std::string> path;
  /// Unset: the request has none.
  std::optional<Result<std::string>> body = {};
  std::size_t maxAnswer = maxRoomAnswer;
  /// It must not happen twice.
  bool once = false;
  /// As `http::RetryPolicy::repeating`. The transport repeats nothing that is not told here.
  std::function<void(const Result<http::Response>&)> repeating = {};
};

/// Where it is asked.
class RoomService {
 public:
  /// Without a deadline each call has one of its own. Throws `std::logic_error` when the client has no transport.
  RoomService(std::shared_ptr<const LiveblocksState> client, std::optional<Deadline> deadline);

  /// What `reader` makes of the answer.
  template <class T>
  Result<T> ask(RoomCall call, Result<T> (*reader)(std::string_view)) const {
    const Result<Answer> answer = perform(std::move(call));
    if (!answer) return answer.error();
    Result<T> value = reader(answer->response.body);
    if (!value) return unreadable(*answer, value.error());
    return value;
  }

  /// For an answer that says no more than that it is done.
  std::optional<Error> tell(RoomCall call) const;

 private:
  /// One of 2xx.
  struct Answer {
    /// Of the call, such as `GET /v2/rooms`.
    std::string name;
    http::Response response;
  };

  Result<Answer> perform(RoomCall call) const;
  Error failed(const std::string& name, const http::Response& response) const;
  static Error unreadable(const Answer& answer, Error why);

  /// Held, so that destroying the last copy of it during the call does no harm.
  std::shared_ptr<const LiveblocksState> client_;
  std::optional<Deadline> deadline_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
