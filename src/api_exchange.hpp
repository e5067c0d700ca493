/// Calls of Liveblocks' REST API.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/auth_response.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>
#include <liveblocks/http/transport.hpp>

#include "client_state.hpp"
#include "http/retry.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// A request in the name of the project. `path` begins with `/v2/` and may have a query.
http::Request apiRequest(const LiveblocksState& client, std::string_view method, std::string_view path);

/// The same with a body of JSON text.
http::Request apiRequest(const LiveblocksState& client, std::string_view method, std::string_view path,
                         std::string body);

/// `given`, or the end of the client's timeout from now.
Deadline deadlineOr(const LiveblocksState& client, std::optional<Deadline> given);

/// Sends the request, again as `policy` has it unless the client must not, and wipes it. What the transport throws is
/// `Errc::internal`; the client must have one.
Result<http::Response> exchange(const LiveblocksState& client, http::Request request, http::Call call,
                                const http::RetryPolicy& policy = {});

inline bool isSuccess(int status) noexcept { return status >= 200 && status < 300; }

/// Logs what Liveblocks warns of in a header. `name` is that of the call, such as `GET /v2/rooms`.
void logWarningHeader(const LiveblocksState& client, const http::Response& answer, std::string_view name);

struct TokenCall {
  /// Held, so that destroying the last copy of it during the call does no harm.
  std::shared_ptr<const LiveblocksState> client;
  /// `/v2/…`
  std::string_view path;
  /// What the body of a failed call names.
  std::string target;

  http::Request request(std::string body) const;

  /// Credentials are taken out of the body of a refusal. A success has its body unchanged, and is none when that
  /// repeats the secret key.
  AuthResponse response(const Result<http::Response>& answer) const;

  /// Sends and maps. Throws `std::logic_error` without a transport, nothing else.
  AuthResponse perform(std::string body, std::optional<Deadline> deadline) const;

 private:
  AuthResponse failed(Error error) const;
};

/// `POST /v2/authorize-user`
TokenCall authorizeCall(std::shared_ptr<const LiveblocksState> client);

/// `POST /v2/identify-user`
TokenCall identifyCall(std::shared_ptr<const LiveblocksState> client);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
