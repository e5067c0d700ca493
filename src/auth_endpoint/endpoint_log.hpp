/// What an auth endpoint tells its log.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/auth_endpoint/request.hpp>
#include <liveblocks/auth_response.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/error.hpp>
#include <liveblocks/core/log.hpp>

#include "core/outage_log.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// Whatever others said, browsers among them, is shown in one line, without credentials. Thread-safe.
class EndpointLog {
 public:
  EndpointLog(Log log, const std::shared_ptr<const Clock>& clock);

  /// The deadline had passed before the request was looked at.
  void cameTooLate();

  /// @{
  /// Who asks.
  void identified();
  void notIdentified(const Error& error) const;
  void cannotIdentify(const Error& error);
  /// @}

  void badBody(const Caller& caller, std::string_view problem) const;
  void noSuchRoom(const Caller& caller, std::string_view room) const;

  /// @{
  /// What was decided.
  void decided();
  void refused(const AuthRequest& asked, std::string_view reason) const;
  void postponed(const AuthRequest& asked, std::string_view reason);
  void notCovered(const AuthRequest& asked) const;
  /// @}

  /// @{
  /// What Liveblocks did. That a token was issued also ends an outage by exceptions: what strangers can have answered,
  /// a GET or a bad body, tells nothing.
  void issued();
  void notAnswered(const Error& error);
  void answered(const AuthResponse& response);
  void answeredWithoutToken();
  /// @}

  void threw(std::string_view what);

 private:
  const Log log_;
  OutageLog late_;
  OutageLog identification_;
  OutageLog decision_;
  OutageLog liveblocks_;
  OutageLog exceptions_;
};

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
