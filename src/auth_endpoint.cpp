#include <liveblocks/auth_endpoint.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/http/message.hpp>

#include "core/json_members.hpp"
#include "core/logging.hpp"
#include "core/outage_log.hpp"
#include "core/redactor.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "http/problem_body.hpp"
#include "http/retry.hpp"
#include "session.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {
namespace responses {

/// A response with a JSON body that must not be cached.
http::Response json(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, std::move(body)};
}

http::Response problem(int status, std::string_view error, std::string_view reason) {
  return json(status, http::detail::problemBody(error, reason));
}

/// `problemOfBody` says what is wrong with the body.
http::Response badRequest(std::string_view problemOfBody) {
  return problem(400, "bad_request",
                 R"(The body must be a JSON object such as {"room": "<id>"}: )" + std::string(problemOfBody));
}

http::Response unauthorized(std::string_view reason) { return problem(401, "unauthorized", reason); }

/// The message is "Access denied" when the reason is empty.
http::Response forbidden(std::string_view reason) {
  return problem(403, "forbidden", reason.empty() ? "Access denied" : reason);
}

http::Response methodNotAllowed() {
  http::Response response = problem(405, "method_not_allowed", "Only POST is allowed");
  response.headers.push_back({"Allow", "POST"});
  return response;
}

http::Response tooLarge(std::size_t maxBody) {
  return problem(413, "too_large", "The body is larger than " + std::to_string(maxBody) + " bytes");
}

http::Response internal() { return problem(500, "internal", "Something went wrong on the server"); }

/// The message says nothing about the cause when the reason is empty.
http::Response unavailable(std::string_view reason = {}, std::optional<std::chrono::seconds> retryAfter = {}) {
  http::Response response = problem(503, "unavailable", reason.empty() ? "Access cannot be granted right now" : reason);
  if (retryAfter) response.headers.push_back(http::detail::retryAfterHeader(*retryAfter));
  return response;
}

}  // namespace responses

constexpr std::size_t maxNameBytes = 200;

/// Quotes the id of a room or user. It is not redacted, even where it looks like a key.
std::string named(std::string_view name) { return '"' + utf8::printable(name, maxNameBytes) + '"'; }

std::string describe(const AuthRequest& request) {
  return "user " + named(request.caller.userId) +
         (request.room ? ", room " + named(*request.room) : ", outside of rooms");
}

std::string withReason(const std::string& text, std::string_view reason) {
  return reason.empty() ? text : text + ": " + redactor::shown(reason);
}

/// Whether the status concerns this request alone, so that the next one may succeed.
bool isAboutRequest(int status) noexcept { return status == 400 || status == 409 || status == 413 || status == 422; }

std::string describe(const AuthResponse& response) {
  const bool refusedKey = response.upstreamStatus == 401 || response.upstreamStatus == 403;
  return "Liveblocks responded with " + std::to_string(response.upstreamStatus) +
         (refusedKey ? ", so it does not accept the secret key: " : ": ") + redactor::shown(response.body);
}

/// The log lines of an endpoint. What browsers and servers sent is written on one line, without credentials.
/// Thread-safe.
class EndpointLog {
 public:
  EndpointLog(Log log, const std::shared_ptr<const Clock>& clock)
      : log_(std::move(log)),
        late_(log_, "requests for tokens arrive in time again", clock),
        identification_(log_, "callers can be identified again", clock),
        decision_(log_, "the application decides again", clock),
        liveblocks_(log_, "Liveblocks issues tokens again", clock),
        exceptions_(log_, "the auth endpoint works again", clock) {}

  /// The deadline had passed before the request was handled.
  void cameTooLate() {
    late_.failed(LogLevel::warning, "a request for a token had waited until its deadline before it was handled");
  }

  /// @{
  /// How the caller was identified.
  void identified() {
    late_.succeeded();
    identification_.succeeded();
  }

  void notIdentified(const Error& error) const {
    logging::write(log_, LogLevel::info, "a caller was not identified: " + redactor::shown(error.message));
  }

  void cannotIdentify(const Error& error) {
    identification_.failed(LogLevel::error, "callers cannot be identified: " + redactor::shown(error.message));
  }
  /// @}

  void badBody(const Caller& caller, std::string_view problem) const {
    logging::write(
        log_, LogLevel::info,
        "the body of a request for a token cannot be read, user " + named(caller.userId) + ": " + std::string(problem));
  }

  void noSuchRoom(const Caller& caller, std::string_view room) const {
    logging::write(log_, LogLevel::info,
                   "the room cannot exist, user " + named(caller.userId) + ", room " + named(room));
  }

  /// @{
  /// What the application decided.
  void decided() { decision_.succeeded(); }

  void refused(const AuthRequest& request, std::string_view reason) const {
    logging::write(log_, LogLevel::info, withReason("access was refused, " + describe(request), reason));
  }

  void postponed(const AuthRequest& request, std::string_view reason) {
    decision_.failed(LogLevel::warning, withReason("access could not be decided, " + describe(request), reason));
  }

  void notCovered(const AuthRequest& request) const {
    logging::write(log_, LogLevel::warning,
                   "access was refused because what was granted does not cover the room, " + describe(request) +
                       ": grant the room or a pattern that includes it");
  }
  /// @}

  /// @{
  /// How Liveblocks responded. An issued token also ends an outage by exceptions. Responses that anyone can cause, by a
  /// GET or a bad body, do not.
  void issued() {
    liveblocks_.succeeded();
    exceptions_.succeeded();
  }

  void noResponse(const Error& error) {
    liveblocks_.failed(LogLevel::error, "Liveblocks did not respond: " + redactor::shown(error.message));
  }

  void unexpectedStatus(const AuthResponse& response) {
    if (isAboutRequest(response.status)) return logging::write(log_, LogLevel::error, describe(response));
    liveblocks_.failed(LogLevel::error, describe(response));
  }

  void responseWithoutToken() { liveblocks_.failed(LogLevel::error, "Liveblocks responded without a token"); }
  /// @}

  void threw(std::string_view what) {
    exceptions_.failed(LogLevel::error, "the auth endpoint caught an exception: " + redactor::shown(what));
  }

 private:
  const Log log_;
  logging::OutageLog late_;
  logging::OutageLog identification_;
  logging::OutageLog decision_;
  logging::OutageLog liveblocks_;
  logging::OutageLog exceptions_;
};

/// A `decide` that grants the requested room must not grant a pattern, and one that looks it up must not find another
/// room because of a NUL byte.
bool mayBeRequested(std::string_view room) noexcept {
  return detail::problemOfRoomId(room) == nullptr && std::none_of(room.begin(), room.end(), ascii::isControl);
}

/// Names the kind of failure, never the content of the token.
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

/// Reads the requested room; nullopt for access outside of rooms. Returns false if the member is neither a string nor
/// null nor absent.
bool readRoomId(const AuthRequestBody& body, std::optional<std::string>& room) {
  const std::string_view text = body.json("room");
  room = json::toString(text);
  return room || text.empty() || text == "null";
}

/// Whether the body is a JSON object with a token, which browsers expect.
bool containsToken(std::string_view body) {
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
    timing::checkTimeout(options.timeout);
  }

  Liveblocks liveblocks;
  Identify identify;
  /// Empty when the endpoint issues ID tokens.
  Decide decide;
  AuthEndpointOptions options;
  mutable EndpointLog log;

  http::Response respond(const http::RequestView& request, Deadline hostDeadline) const {
    if (request.method != "POST") return responses::methodNotAllowed();
    if (request.body.size() > options.maxBody) return responses::tooLarge(options.maxBody);
    const Deadline deadline = std::min(timing::later(std::chrono::steady_clock::now(), options.timeout), hostDeadline);
    if (isPast(deadline)) return tooLate();
    Result<Caller> caller = identify(request, deadline);
    if (!caller) return unidentified(caller.error());
    log.identified();
    return identified({*std::move(caller), {}, {}, request, deadline});
  }

 private:
  http::Response tooLate() const {
    log.cameTooLate();
    return responses::unavailable();
  }

  http::Response unidentified(const Error& error) const {
    if (error.kind() == ErrorKind::unavailable) {
      log.cannotIdentify(error);
      return responses::unavailable({}, error.retryAfter);
    }
    log.notIdentified(error);
    return responses::unauthorized(reasonFor(error.code));
  }

  http::Response identified(AuthRequest request) const {
    std::string problem = AuthRequestBody::problemOf(request.httpRequest.body);
    if (problem.empty()) request.body = AuthRequestBody(std::string(request.httpRequest.body));
    if (!readRoomId(request.body, request.room)) problem = "the room is neither a string nor null";
    if (!problem.empty()) {
      log.badBody(request.caller, problem);
      return responses::badRequest(problem);
    }
    if (request.room && !mayBeRequested(*request.room)) {
      log.noSuchRoom(request.caller, *request.room);
      return responses::forbidden("There is no such room");
    }
    return decide ? decided(request) : withIdToken(request);
  }

  http::Response withIdToken(const AuthRequest& request) const {
    const Caller& caller = request.caller;
    const Identity identity{caller.userId, caller.groupIds, caller.options.organizationId};
    return issued(liveblocks.identifyUser(identity, {caller.options.userInfo}, request.deadline));
  }

  http::Response decided(const AuthRequest& request) const {
    const Decision decision = decide(request);
    if (decision.kind_ == Decision::Kind::unavailable) {
      log.postponed(request, decision.reason_);
      return responses::unavailable(decision.reason_);
    }
    log.decided();
    if (decision.kind_ == Decision::Kind::refuse || decision.grants_.empty()) {
      log.refused(request, decision.reason_);
      return responses::forbidden(decision.reason_);
    }
    Session session = liveblocks.prepareSession(request.caller.userId, request.caller.options);
    for (const auto& [roomOrPattern, permissions] : decision.grants_) session.allow(roomOrPattern, permissions);
    if (request.room && !session.covers(*request.room)) {
      log.notCovered(request);
      return responses::forbidden({});
    }
    return issued(session.authorize(request.deadline));
  }

  /// A wrong secret key and a response without a token are problems of this server, not of the browser.
  http::Response issued(AuthResponse response) const {
    if (response.error) {
      log.noResponse(*response.error);
      return responses::unavailable({}, response.error->retryAfter);
    }
    if (response.status != 200) {
      log.unexpectedStatus(response);
      if (response.status == 401 || response.status == 403) return responses::unavailable();
    } else if (!containsToken(response.body)) {
      log.responseWithoutToken();
      return responses::unavailable();
    } else {
      log.issued();
    }
    return responses::json(response.status, std::move(response.body));
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
  // Shared, so that a callable may destroy the last copy of the endpoint during the call.
  const std::shared_ptr<const State> state = state_;
  try {
    return state->respond(request, deadline.value_or(Deadline::max()));
  } catch (const std::exception& failure) {
    state->log.threw(failure.what());
  } catch (...) {
    state->log.threw("of an unknown type");
  }
  return responses::internal();
}

std::size_t AuthEndpoint::maxBody() const noexcept { return state_->options.maxBody; }

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
