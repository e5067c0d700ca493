#include "auth_endpoint/endpoint_log.hpp"

#include <cstddef>
#include <string>
#include <utility>

#include "core/logging.hpp"
#include "core/redactor.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
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
