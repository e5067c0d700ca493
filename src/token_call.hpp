/// The two calls that issue tokens: what they send and what they make of the answer.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/auth_response.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>

#include "client_state.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

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
