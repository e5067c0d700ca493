#include <liveblocks/auth_endpoint.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/http/message.hpp>

#include "auth_endpoint/endpoint_log.hpp"
#include "auth_endpoint/request.hpp"
#include "core/json_members.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "grants.hpp"
#include "http/problem_body.hpp"
#include "http/retry.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {
namespace answers {

/// A body of JSON text that nobody may keep.
http::Response json(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, std::move(body)};
}

http::Response problem(int status, std::string_view error, std::string_view reason) {
  return json(status, http::problemBody(error, reason));
}

/// `problem` says what is wrong with the body.
http::Response badRequest(std::string_view problemOfBody) {
  return problem(400, "bad_request",
                 R"(The body must be a JSON object such as {"room": "<id>"}: )" + std::string(problemOfBody));
}

http::Response unauthorized(std::string_view reason) { return problem(401, "unauthorized", reason); }

/// An empty reason: "Access denied".
http::Response forbidden(std::string_view reason) {
  return problem(403, "forbidden", reason.empty() ? "Access denied" : reason);
}

http::Response methodNotAllowed() {
  http::Response response = problem(405, "method_not_allowed", "Only POST is answered here");
  response.headers.push_back({"Allow", "POST"});
  return response;
}

http::Response tooLarge(std::size_t maxBody) {
  return problem(413, "too_large", "The body is larger than " + std::to_string(maxBody) + " bytes");
}

http::Response internal() { return problem(500, "internal", "Something went wrong on the server"); }

/// An empty reason: a text that says nothing about the cause.
http::Response unavailable(std::string_view reason = {}, std::optional<std::chrono::seconds> retryAfter = {}) {
  http::Response response = problem(503, "unavailable", reason.empty() ? "Access cannot be granted right now" : reason);
  if (retryAfter) response.headers.push_back(http::retryAfterHeader(*retryAfter));
  return response;
}

}  // namespace answers
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

/// True for a JSON object with a token, which is what browsers look for.
bool holdsToken(std::string_view body) {
  if (!json::isStrict(body, Json::maxDepth)) return false;
  return !json::toString(json::findMember(json::members(body), "token")).value_or("").empty();
}

bool isPast(Deadline deadline) { return std::chrono::steady_clock::now() >= deadline; }

}  // namespace

struct AuthEndpoint::State {
  State(Liveblocks client, Identify who, Decide what, AuthEndpointOptions given)
      : liveblocks(std::move(client)),
        identify(std::move(who)),
        decide(std::move(what)),
        options(std::move(given)),
        log(options.log, options.clock) {
    if (!identify) throw std::invalid_argument("identify must not be empty");
    checkTimeout(options.timeout);
  }

  Liveblocks liveblocks;
  Identify identify;
  /// Empty: ID tokens are issued.
  Decide decide;
  AuthEndpointOptions options;
  mutable EndpointLog log;

  http::Response answer(const http::RequestView& request, Deadline hostDeadline) const {
    if (request.method != "POST") return answers::methodNotAllowed();
    if (request.body.size() > options.maxBody) return answers::tooLarge(options.maxBody);
    const Deadline deadline = std::min(later(std::chrono::steady_clock::now(), options.timeout), hostDeadline);
    if (isPast(deadline)) return tooLate();
    Result<Caller> caller = identify(request, deadline);
    if (!caller) return unidentified(caller.error());
    log.identified();
    return identified({*std::move(caller), {}, {}, request, deadline});
  }

 private:
  http::Response tooLate() const {
    log.cameTooLate();
    return answers::unavailable();
  }

  http::Response unidentified(const Error& error) const {
    if (error.kind() == ErrorKind::unavailable) {
      log.cannotIdentify(error);
      return answers::unavailable({}, error.retryAfter);
    }
    log.notIdentified(error);
    return answers::unauthorized(reasonFor(error.code));
  }

  http::Response identified(AuthRequest asked) const {
    std::string problem = problemOfRequestBody(asked.httpRequest.body);
    if (problem.empty()) asked.body = AuthRequestBody(std::string(asked.httpRequest.body));
    if (!takeRoom(asked.body, asked.room)) problem = "the room is neither a text nor null";
    if (!problem.empty()) {
      log.badBody(asked.caller, problem);
      return answers::badRequest(problem);
    }
    if (asked.room && !mayBeAskedFor(*asked.room)) {
      log.noSuchRoom(asked.caller, *asked.room);
      return answers::forbidden("There is no such room");
    }
    return decide ? decided(asked) : withIdToken(asked);
  }

  http::Response withIdToken(const AuthRequest& asked) const {
    const Caller& caller = asked.caller;
    const Identity identity{caller.userId, caller.groupIds, caller.options.organizationId};
    return issued(liveblocks.identifyUser(identity, {caller.options.userInfo}, asked.deadline));
  }

  http::Response decided(const AuthRequest& asked) const {
    const Decision decision = decide(asked);
    if (decision.kind_ == Decision::Kind::unavailable) {
      log.postponed(asked, decision.reason_);
      return answers::unavailable(decision.reason_);
    }
    log.decided();
    if (decision.kind_ == Decision::Kind::refuse || decision.grants_.empty()) {
      log.refused(asked, decision.reason_);
      return answers::forbidden(decision.reason_);
    }
    Session session = liveblocks.prepareSession(asked.caller.userId, asked.caller.options);
    for (const auto& [roomOrPattern, permissions] : decision.grants_) session.allow(roomOrPattern, permissions);
    if (asked.room && !session.covers(*asked.room)) {
      log.notCovered(asked);
      return answers::forbidden({});
    }
    return issued(session.authorize(asked.deadline));
  }

  /// A wrong secret key and an answer without a token are this server's trouble, not the browser's.
  http::Response issued(AuthResponse response) const {
    if (response.error) {
      log.notAnswered(*response.error);
      return answers::unavailable({}, response.error->retryAfter);
    }
    if (response.status != 200) {
      log.answered(response);
      if (response.status == 401 || response.status == 403) return answers::unavailable();
    } else if (!holdsToken(response.body)) {
      log.answeredWithoutToken();
      return answers::unavailable();
    } else {
      log.issued();
    }
    return answers::json(response.status, std::move(response.body));
  }
};

AuthEndpoint::AuthEndpoint(std::shared_ptr<const State> state) noexcept : state_(std::move(state)) {}

AuthEndpoint::AuthEndpoint(Liveblocks liveblocks, Identify identify, Decide decide, AuthEndpointOptions options)
    : AuthEndpoint(std::make_shared<const State>(std::move(liveblocks), std::move(identify), std::move(decide),
                                                 std::move(options))) {
  if (!state_->decide) throw std::invalid_argument("decide must not be empty");
}

AuthEndpoint AuthEndpoint::withIdTokens(Liveblocks liveblocks, Identify identify, AuthEndpointOptions options) {
  return AuthEndpoint(
      std::make_shared<const State>(std::move(liveblocks), std::move(identify), nullptr, std::move(options)));
}

http::Response AuthEndpoint::handle(const http::RequestView& request, std::optional<Deadline> deadline) const {
  // Held, so that destroying the last copy during the call does no harm.
  const std::shared_ptr<const State> state = state_;
  try {
    return state->answer(request, deadline.value_or(Deadline::max()));
  } catch (const std::exception& failure) {
    state->log.threw(failure.what());
  } catch (...) {
    state->log.threw("of an unknown type");
  }
  return answers::internal();
}

std::size_t AuthEndpoint::maxBody() const noexcept { return state_->options.maxBody; }

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
