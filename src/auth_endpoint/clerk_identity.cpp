#include <liveblocks/auth_endpoint/clerk_identity.hpp>

#include <string>
#include <string_view>
#include <utility>

#include "core/logging.hpp"
#include "core/outage_log.hpp"
#include "core/redactor.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

constexpr std::string_view withoutSecretKey =
    "clerkIdentity() was given an empty Clerk secret key (CLERK_SECRET_KEY): the name of each caller is the user id. "
    "If that is intended, call clerkIdentity(verifier)";
constexpr std::string_view withoutUsers =
    "the name of each caller is the user id, because the clerk::Client has no secret key (CLERK_SECRET_KEY) or no "
    "transport. If that is intended, call clerkIdentity(client.sessionVerifier())";

std::string displayName(const clerk::User& user) { return user.fullName.value_or(user.username.value_or(user.id)); }

Json userInfo(const std::string& name, const std::string& avatar) {
  if (avatar.empty()) return Json::object({{"name", name}});
  return Json::object({{"name", name}, {"avatar", avatar}});
}

class ClerkIdentity {
 public:
  ClerkIdentity(clerk::SessionVerifier verifier, std::optional<clerk::Users> users, Log log)
      : verifier_(std::move(verifier)),
        users_(std::move(users)),
        lookUps_(std::make_shared<logging::OutageLog>(std::move(log), "the users of callers can be fetched again")) {}

  Result<Caller> operator()(const http::RequestView& request, Deadline deadline) const {
    const Result<clerk::SessionClaims> claims = verifier_.authenticate(request, deadline);
    if (!claims) return claims.error();
    Caller caller{claims->userId(), {userInfo(claims->userId(), {})}, *claims};
    if (!users_) return caller;
    const Result<clerk::User> user = users_->get(caller.userId, deadline);
    if (user) {
      lookUps_->succeeded();
      caller.options.userInfo = userInfo(displayName(*user), user->imageUrl);
    } else if (user.error().code == Errc::notFound) {
      return Error{Errc::noToken, "Clerk does not know the user of the session"};
    } else {
      lookUps_->failed(LogLevel::warning,
                       "the user of a caller cannot be fetched, so the user id is used as the name: " +
                           redactor::shown(user.error().message));
    }
    return caller;
  }

 private:
  clerk::SessionVerifier verifier_;
  std::optional<clerk::Users> users_;
  std::shared_ptr<logging::OutageLog> lookUps_;
};

}  // namespace

Identify clerkIdentity(clerk::SessionVerifier verifier, std::optional<clerk::Users> users, Log log) {
  return ClerkIdentity(std::move(verifier), std::move(users), std::move(log));
}

Identify clerkIdentity(const clerk::Client& client) {
  if (client.canReadUsers()) return clerkIdentity(client.sessionVerifier(), client.users(), client.log());
  logging::write(client.log(), LogLevel::warning, withoutUsers);
  return clerkIdentity(client.sessionVerifier(), std::nullopt, client.log());
}

Identify clerkIdentity(clerk::SessionVerifier verifier, const Secret& secretKey,
                       std::shared_ptr<http::Transport> transport, Log log) {
  if (secretKey.empty()) {
    logging::write(log, LogLevel::warning, withoutSecretKey);
    return clerkIdentity(std::move(verifier), std::nullopt, std::move(log));
  }
  clerk::UsersOptions options;
  options.secretKey = secretKey;
  options.log = log;
  return clerkIdentity(std::move(verifier), clerk::Users(options, std::move(transport)), std::move(log));
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
