/// The rules of an auth endpoint: what each step makes of what the steps before have obtained. None of them waits.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <variant>

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/auth_endpoint/request.hpp>
#include <liveblocks/auth_response.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/error.hpp>
#include <liveblocks/core/log.hpp>

#include "core/logging.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {

/// The log lines of an endpoint. What browsers and servers sent is written on one line, without credentials.
/// Thread-safe.
class EndpointLog {
 public:
  EndpointLog(Log log, const std::shared_ptr<const Clock>& clock);

  /// The deadline had passed before the request was handled.
  void cameTooLate();

  /// @{
  /// How the caller was identified.
  void identified();
  void notIdentified(const Error& error) const;
  void cannotIdentify(const Error& error);
  /// @}

  void badBody(const Caller& caller, std::string_view problem) const;

  void noSuchRoom(const Caller& caller, std::string_view room) const;

  /// @{
  /// What the application decided.
  void decided();
  void refused(const AuthRequest& request, std::string_view reason) const;
  void postponed(const AuthRequest& request, std::string_view reason);
  void notCovered(const AuthRequest& request) const;
  /// @}

  /// @{
  /// How Liveblocks responded. An issued token also ends an outage by exceptions. Responses that anyone can cause, by a
  /// GET or a bad body, do not.
  void issued();
  void noResponse(const Error& error);
  void unexpectedStatus(const AuthResponse& response);
  void responseWithoutToken();
  /// @}

  void threw(std::string_view what);

 private:
  const Log log_;
  logging::OutageLog late_;
  logging::OutageLog identification_;
  logging::OutageLog decision_;
  logging::OutageLog liveblocks_;
  logging::OutageLog exceptions_;
};

/// The outcome of a step: the response, or what the next step needs.
template <class T>
using Step = std::variant<http::Response, T>;

/// What the copies of an `AuthEndpoint` share. Thread-safe.
class EndpointRules {
 public:
  /// Throws as `AuthEndpoint()` does.
  EndpointRules(Liveblocks liveblocks, Identify identify, Decide decide, AuthEndpointOptions options);

  const Liveblocks& liveblocks() const noexcept { return liveblocks_; }
  const Identify& identify() const noexcept { return identify_; }
  /// Empty when the endpoint issues ID tokens.
  const Decide& decide() const noexcept { return decide_; }
  const AuthEndpointOptions& options() const noexcept { return options_; }
  /// Null if `liveblocks()` has none.
  const std::shared_ptr<http::Transport>& transport() const noexcept;
  /// Throws `std::logic_error` if it has none.
  void requireTransport() const;

  /// When the response to a request that arrives now is due.
  Deadline deadlineOr(std::optional<Deadline> host) const;

  /// The response to a request that is refused unread.
  std::optional<http::Response> refuse(const AuthRequest& request) const;

  /// Identifies the caller by the callable of the form that may finish later, as that returns it.
  void identifyLater(const AuthRequest& request, const AsyncOptions& options, Callback<Result<Caller>> done) const;
  /// What `Identify::then()` makes of that.
  Result<Caller> changed(Result<Caller> caller) const;

  /// Puts caller, room and body into the request, unless it is refused.
  std::optional<http::Response> read(AuthRequest& request, Result<Caller> caller) const;

  /// The session of an access token.
  Step<Session> open(const AuthRequest& request, const Decision& decision) const;

  /// The content of an ID token.
  static Identity identityOf(const AuthRequest& request);

  /// A wrong secret key and a response without a token are problems of this server, not of the browser.
  http::Response respond(AuthResponse response) const;

  /// The response after the exception that is being handled.
  http::Response respondToException() const;

 private:
  http::Response unidentified(const Error& error) const;

  const Liveblocks liveblocks_;
  const Identify identify_;
  const Decide decide_;
  const AuthEndpointOptions options_;
  mutable EndpointLog log_;
};

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
