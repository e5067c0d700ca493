/// The log lines of an auth endpoint.
#pragma once

#include <memory>
#include <string_view>

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

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
