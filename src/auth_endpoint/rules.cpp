#include "auth_endpoint/rules.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "api_exchange.hpp"
#include "auth_endpoint/responses.hpp"
#include "core/json_members.hpp"
#include "core/logging.hpp"
#include "core/redactor.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "session.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
namespace {

/// A `decide` that grants the requested room must not grant a pattern, and one that looks it up must not find another
/// room because of a NUL byte.
bool mayBeRequested(std::string_view room) noexcept {
  return problemOfRoomId(room) == nullptr && std::none_of(room.begin(), room.end(), ascii::isControl);
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

EndpointRules::EndpointRules(Liveblocks liveblocks, Identify identify, Decide decide, AuthEndpointOptions options)
    : liveblocks_(std::move(liveblocks)),
      identify_(std::move(identify)),
      decide_(std::move(decide)),
      options_(std::move(options)),
      log_(options_.log, options_.clock) {
  if (!identify_) throw std::invalid_argument("identify must not be empty");
  timing::checkTimeout(options_.timeout);
}

const std::shared_ptr<http::Transport>& EndpointRules::transport() const noexcept {
  return liveblocks_.state_->transport;
}

void EndpointRules::requireTransport() const { detail::requireTransport(*liveblocks_.state_); }

Deadline EndpointRules::deadlineOr(std::optional<Deadline> host) const {
  const Deadline own = timing::later(std::chrono::steady_clock::now(), options_.timeout);
  return std::min(own, host.value_or((Deadline::max)()));
}

std::optional<http::Response> EndpointRules::refuse(const AuthRequest& request) const {
  if (request.httpRequest.method != "POST") return responses::methodNotAllowed();
  if (request.httpRequest.body.size() > options_.maxBody) return responses::tooLarge(options_.maxBody);
  if (!isPast(request.deadline)) return std::nullopt;
  log_.cameTooLate();
  return responses::unavailable();
}

void EndpointRules::identifyLater(const AuthRequest& request, const AsyncOptions& options,
                                  Callback<Result<Caller>> done) const {
  identify_.later_(request.httpRequest, options, std::move(done));
}

Result<Caller> EndpointRules::changed(Result<Caller> caller) const { return identify_.changed(std::move(caller)); }

http::Response EndpointRules::unidentified(const Error& error) const {
  if (error.kind() == ErrorKind::unavailable) {
    log_.cannotIdentify(error);
    return responses::unavailable({}, error.retryAfter);
  }
  log_.notIdentified(error);
  return responses::unauthorized(reasonFor(error.code));
}

std::optional<http::Response> EndpointRules::read(AuthRequest& request, Result<Caller> caller) const {
  if (!caller) return unidentified(caller.error());
  log_.identified();
  request.caller = *std::move(caller);
  std::string problem = AuthRequestBody::problemOf(request.httpRequest.body);
  if (problem.empty()) request.body = AuthRequestBody(std::string(request.httpRequest.body));
  if (!readRoomId(request.body, request.room)) problem = "the room is neither a string nor null";
  if (!problem.empty()) {
    log_.badBody(request.caller, problem);
    return responses::badRequest(problem);
  }
  if (request.room && !mayBeRequested(*request.room)) {
    log_.noSuchRoom(request.caller, *request.room);
    return responses::forbidden("There is no such room");
  }
  return std::nullopt;
}

Step<Session> EndpointRules::open(const AuthRequest& request, const Decision& decision) const {
  if (decision.kind_ == Decision::Kind::unavailable) {
    log_.postponed(request, decision.reason_);
    return responses::unavailable(decision.reason_);
  }
  log_.decided();
  if (decision.kind_ == Decision::Kind::refuse || decision.grants_.empty()) {
    log_.refused(request, decision.reason_);
    return responses::forbidden(decision.reason_);
  }
  Session session = liveblocks_.prepareSession(request.caller.userId, request.caller.options);
  for (const auto& [roomOrPattern, permissions] : decision.grants_) session.allow(roomOrPattern, permissions);
  if (!request.room || session.covers(*request.room)) return session;
  log_.notCovered(request);
  return responses::forbidden({});
}

Identity EndpointRules::identityOf(const AuthRequest& request) {
  const Caller& caller = request.caller;
  return {caller.userId, caller.groupIds, caller.options.organizationId};
}

http::Response EndpointRules::respond(AuthResponse response) const {
  if (response.error) {
    log_.noResponse(*response.error);
    return responses::unavailable({}, response.error->retryAfter);
  }
  if (response.status != 200) {
    log_.unexpectedStatus(response);
    if (response.status == 401 || response.status == 403) return responses::unavailable();
  } else if (!containsToken(response.body)) {
    log_.responseWithoutToken();
    return responses::unavailable();
  } else {
    log_.issued();
  }
  return responses::json(response.status, std::move(response.body));
}

http::Response EndpointRules::respondToException() const {
  try {
    throw;
  } catch (const std::exception& failure) {
    log_.threw(failure.what());
  } catch (...) {
    log_.threw("of an unknown type");
  }
  return responses::internal();
}

namespace {

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

}  // namespace

EndpointLog::EndpointLog(Log log, const std::shared_ptr<const Clock>& clock)
    : log_(std::move(log)),
      late_(log_, "requests for tokens arrive in time again", clock),
      identification_(log_, "callers can be identified again", clock),
      decision_(log_, "the application decides again", clock),
      liveblocks_(log_, "Liveblocks issues tokens again", clock),
      exceptions_(log_, "the auth endpoint works again", clock) {}

void EndpointLog::cameTooLate() {
  late_.failed(LogLevel::warning, "a request for a token had waited until its deadline before it was handled");
}

void EndpointLog::identified() {
  late_.succeeded();
  identification_.succeeded();
}

void EndpointLog::notIdentified(const Error& error) const {
  logging::write(log_, LogLevel::info, "a caller was not identified: " + redactor::shown(error.message));
}

void EndpointLog::cannotIdentify(const Error& error) {
  identification_.failed(LogLevel::error, "callers cannot be identified: " + redactor::shown(error.message));
}

void EndpointLog::badBody(const Caller& caller, std::string_view problem) const {
  logging::write(
      log_, LogLevel::info,
      "the body of a request for a token cannot be read, user " + named(caller.userId) + ": " + std::string(problem));
}

void EndpointLog::noSuchRoom(const Caller& caller, std::string_view room) const {
  logging::write(log_, LogLevel::info, "the room cannot exist, user " + named(caller.userId) + ", room " + named(room));
}

void EndpointLog::decided() { decision_.succeeded(); }

void EndpointLog::refused(const AuthRequest& request, std::string_view reason) const {
  logging::write(log_, LogLevel::info, withReason("access was refused, " + describe(request), reason));
}

void EndpointLog::postponed(const AuthRequest& request, std::string_view reason) {
  decision_.failed(LogLevel::warning, withReason("access could not be decided, " + describe(request), reason));
}

void EndpointLog::notCovered(const AuthRequest& request) const {
  logging::write(log_, LogLevel::warning,
                 "access was refused because what was granted does not cover the room, " + describe(request) +
                     ": grant the room or a pattern that includes it");
}

void EndpointLog::issued() {
  liveblocks_.succeeded();
  exceptions_.succeeded();
}

void EndpointLog::noResponse(const Error& error) {
  liveblocks_.failed(LogLevel::error, "Liveblocks did not respond: " + redactor::shown(error.message));
}

void EndpointLog::unexpectedStatus(const AuthResponse& response) {
  if (isAboutRequest(response.status)) return logging::write(log_, LogLevel::error, describe(response));
  liveblocks_.failed(LogLevel::error, describe(response));
}

void EndpointLog::responseWithoutToken() {
  liveblocks_.failed(LogLevel::error, "Liveblocks responded without a token");
}

void EndpointLog::threw(std::string_view what) {
  exceptions_.failed(LogLevel::error, "the auth endpoint caught an exception: " + redactor::shown(what));
}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
