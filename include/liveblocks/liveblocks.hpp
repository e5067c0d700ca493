/// @file
/// The client of the Liveblocks authentication API.
/// https://liveblocks.io/docs/api-reference/liveblocks-node#Liveblocks-client
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/auth_response.hpp>
#include <liveblocks/http/transport.hpp>
#include <liveblocks/log.hpp>
#include <liveblocks/secret.hpp>
#include <liveblocks/session.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// How a client reaches Liveblocks.
struct LiveblocksOptions {
  /// The secret key of the project, `sk_...`, from https://liveblocks.io/dashboard/apikeys. It must stay on the server.
  Secret secret;
  /// Where the API is. A path in it is kept and put before `/v2/...`.
  std::string baseUrl = "https://api.liveblocks.io";
  /// Permits `http://` to hosts that are not loopback.
  bool allowInsecureHttp = false;
  /// The deadline of a call that is given none. The browser client gives up after 10 s.
  std::chrono::milliseconds timeout{8000};
  /// Repeat a request that got no answer, or 429, 500, 502, 503 or 504, while the deadline allows. Safe: nothing but a
  /// token is made.
  bool retry = true;
  /// Hears of warnings that Liveblocks sends, and of tokens without permissions.
  Log log = {};
};

/// Whom an ID token names.
struct Identity {
  /// The application's own name for the user; never empty.
  std::string userId;
  /// Empty: nothing is sent about groups.
  std::vector<std::string> groupIds = {};
  /// As `SessionOptions::organizationId`.
  std::optional<std::string> organizationId = {};
};

/// What goes into an ID token beside the identity.
struct IdentifyOptions {
  /// As `SessionOptions::userInfo`.
  std::optional<Json> userInfo = {};
};

/// Cheap to copy; copies share their state. All methods are const and thread-safe.
class LIVEBLOCKS_EXPORT Liveblocks {
 public:
  /// Does no I/O. Throws `std::invalid_argument` for a bad secret key, base URL or timeout, with the reason and without
  /// the key.
  /// With a null transport only the sans-I/O methods work.
  explicit Liveblocks(const LiveblocksOptions& options,
                      std::shared_ptr<http::Transport> transport = http::defaultTransport());

  /// Begins an access token. Does no I/O.
  /// Throws `std::invalid_argument` when `userId` is empty or not UTF-8 and when `userInfo` is no object.
  Session prepareSession(std::string_view userId, const SessionOptions& options = {}) const;

  /// `POST /v2/identify-user`: an ID token, whose permissions live on the rooms. The default deadline is
  /// `LiveblocksOptions::timeout` from now. Throws as `prepareSession()` does, and `std::logic_error` without a
  /// transport.
  AuthResponse identifyUser(const Identity& identity, const IdentifyOptions& options = {},
                            std::optional<Deadline> deadline = {}) const;

  /// @{
  /// Sans-I/O: the request `identifyUser()` would send, and what it makes of the answer.
  http::Request identifyRequest(const Identity& identity, const IdentifyOptions& options = {}) const;
  AuthResponse identifyResponse(const Result<http::Response>& answer) const;
  /// @}

 private:
  std::shared_ptr<const struct LiveblocksState> state_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
