#include <liveblocks/auth_endpoint.hpp>

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>

#include "ascii.hpp"
#include "auth_endpoint/answers.hpp"
#include "auth_endpoint/bodies.hpp"
#include "liveblocks/room_pattern.hpp"
#include "logging.hpp"
#include "printable.hpp"
#include "timeout.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

constexpr std::size_t maxShownBytes = 500;

std::string shown(std::string_view foreign) { return redactSecretKeys(printable(foreign, maxShownBytes)); }

/// A decision that grants the asked room by its name must not be talked into granting a pattern, nor one that looks it
/// up into finding another behind a NUL byte.
bool mayBeAskedFor(std::string_view room) noexcept {
  return problemOfRoomId(room) == nullptr && std::none_of(room.begin(), room.end(), ascii::isControl);
}

/// Says which kind of failure it was, never what the token holds.
std::string_view reasonFor(Errc code) noexcept {
  switch (code) {
    case Errc::noToken:
      return "There is no valid session";
    case Errc::expired:
      return "The session has expired";
    default:
      return "The session is not valid";
  }
}

}  // namespace

struct AuthEndpoint::State {
  Liveblocks liveblocks;
  Identify identify;
  /// Empty: ID tokens are issued.
  Decide decide;
  AuthEndpointOptions options;

  static std::shared_ptr<const State> checked(State state) {
    if (!state.identify) throw std::invalid_argument("identify must not be empty");
    checkTimeout(state.options.timeout);
    return std::make_shared<const State>(std::move(state));
  }

  http::Response answer(const http::RequestView& request) const {
    if (request.method != "POST") return answers::methodNotAllowed();
    if (request.body.size() > options.maxBody) return answers::tooLarge(options.maxBody);
    const Deadline deadline = std::chrono::steady_clock::now() + options.timeout;
    const Result<Caller> caller = identify(request, deadline);
    if (!caller) return unidentified(caller.error());
    const std::optional<RoomRequest> asked = parseRoomRequest(request.body);
    if (!asked) return answers::badRequest();
    if (asked->room && !mayBeAskedFor(*asked->room)) return answers::forbidden("There is no such room");
    if (!decide) return identified(*caller, deadline);
    return decided(*caller, asked->room, deadline);
  }

  void logException(std::string_view what) const {
    writeLog(options.log, LogLevel::error, "the auth endpoint caught an exception: " + shown(what));
  }

 private:
  http::Response unidentified(const Error& error) const {
    if (error.kind() == ErrorKind::unavailable) {
      writeLog(options.log, LogLevel::error, "callers cannot be identified: " + shown(error.message));
      return answers::unavailable({}, error.retryAfter);
    }
    writeLog(options.log, LogLevel::info, "a caller was not identified: " + shown(error.message));
    return answers::unauthorized(reasonFor(error.code));
  }

  http::Response identified(const Caller& caller, Deadline deadline) const {
    const Identity identity{caller.userId, caller.groupIds, caller.options.organizationId};
    return issued(liveblocks.identifyUser(identity, {caller.options.userInfo}, deadline));
  }

  http::Response decided(const Caller& caller, const std::optional<std::string>& room, Deadline deadline) const {
    const Decision decision = decide(caller, room);
    if (decision.kind_ == Decision::Kind::unavailable) return answers::unavailable(decision.reason_);
    if (decision.kind_ == Decision::Kind::refuse || decision.grants_.empty()) {
      return answers::forbidden(decision.reason_);
    }
    Session session = liveblocks.prepareSession(caller.userId, caller.options);
    for (const auto& [roomOrPattern, permissions] : decision.grants_) session.allow(roomOrPattern, permissions);
    if (room && !session.covers(*room)) return answers::forbidden({});
    return issued(session.authorize(deadline));
  }

  /// A wrong secret key and an answer without a token are this server's trouble, not the browser's.
  http::Response issued(AuthResponse response) const {
    if (response.error) {
      writeLog(options.log, LogLevel::error, "Liveblocks did not answer: " + shown(response.error->message));
      return answers::unavailable({}, response.error->retryAfter);
    }
    if (response.status != 200) {
      writeLog(options.log, LogLevel::error,
               "Liveblocks answered " + std::to_string(response.upstreamStatus) + ": " + shown(response.body));
    } else if (!holdsToken(response.body)) {
      writeLog(options.log, LogLevel::error, "Liveblocks answered without a token");
      return answers::unavailable();
    }
    if (response.status == 401 || response.status == 403) return answers::unavailable();
    return answers::json(response.status, std::move(response.body));
  }
};

AuthEndpoint::AuthEndpoint(std::shared_ptr<const State> state) noexcept : state_(std::move(state)) {}

AuthEndpoint::AuthEndpoint(Liveblocks liveblocks, Identify identify, Decide decide, AuthEndpointOptions options)
    : AuthEndpoint(
          State::checked({std::move(liveblocks), std::move(identify), std::move(decide), std::move(options)})) {
  if (!state_->decide) throw std::invalid_argument("decide must not be empty");
}

AuthEndpoint AuthEndpoint::withIdTokens(Liveblocks liveblocks, Identify identify, AuthEndpointOptions options) {
  return AuthEndpoint(State::checked({std::move(liveblocks), std::move(identify), nullptr, std::move(options)}));
}

http::Response AuthEndpoint::handle(const http::RequestView& request) const {
  try {
    return state_->answer(request);
  } catch (const std::exception& failure) {
    state_->logException(failure.what());
  } catch (...) {
    state_->logException("of an unknown type");
  }
  return answers::internal();
}

std::size_t AuthEndpoint::maxBody() const noexcept { return state_->options.maxBody; }

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
