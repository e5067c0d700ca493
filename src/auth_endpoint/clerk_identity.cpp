#include <liveblocks/auth_endpoint/clerk_identity.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/errors.hpp"
#include "core/logging.hpp"
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

/// Verifies the session, then looks up its user: in both forms, which share what they make of the results.
class ClerkIdentity : public std::enable_shared_from_this<ClerkIdentity> {
 public:
  ClerkIdentity(clerk::SessionVerifier verifier, std::optional<clerk::Users> users, Log log)
      : verifier_(std::move(verifier)),
        users_(std::move(users)),
        lookUps_(std::move(log), "the users of callers can be fetched again") {}

  Result<Caller> identify(const http::RequestView& request, Deadline deadline) {
    Result<Caller> caller = callerOf(verifier_.authenticate(request, deadline));
    if (!caller || !users_) return caller;
    const Result<clerk::User> user = users_->get(caller->userId, deadline);
    return withUser(*std::move(caller), user);
  }

  void identifyAsync(const http::RequestView& request, const AsyncOptions& options, Callback<Result<Caller>> done) {
    Result<clerk::SessionClaims> claims = verifier_.authenticateLocally(request);
    if (claims || claims.error().code != Errc::keysUnavailable) return verified(std::move(claims), options, done);
    verifier_.authenticateAsync(
        http::ReceivedRequest::copyOf(request),
        [self = shared_from_this(), options, done = std::move(done)](Result<clerk::SessionClaims> fetched) {
          self->orFailed(done, [&] { self->verified(std::move(fetched), options, done); });
        },
        options);
  }

 private:
  static Result<Caller> callerOf(Result<clerk::SessionClaims> claims) {
    if (!claims) return std::move(claims).error();
    const std::string& userId = claims->userId();
    return Caller{userId, {userInfo(userId, {})}, *std::move(claims)};
  }

  Result<Caller> withUser(Caller caller, const Result<clerk::User>& user) {
    if (user) {
      lookUps_.succeeded();
      caller.options.userInfo = userInfo(displayName(*user), user->imageUrl);
    } else if (user.error().code == Errc::notFound) {
      return Error{Errc::noToken, "Clerk does not know the user of the session"};
    } else {
      lookUps_.failed(LogLevel::warning,
                      "the user of a caller cannot be fetched, so the user id is used as the name: " +
                          redactor::shown(user.error().message));
    }
    return caller;
  }

  void verified(Result<clerk::SessionClaims> claims, const AsyncOptions& options,
                const Callback<Result<Caller>>& done) {
    Result<Caller> caller = callerOf(std::move(claims));
    if (!caller || !users_) return done(std::move(caller));
    const std::string userId = caller->userId;
    users_->getAsync(
        userId,
        [self = shared_from_this(), caller = *std::move(caller), done](const Result<clerk::User>& user) mutable {
          self->orFailed(done, [&] { done(self->withUser(std::move(caller), user)); });
        },
        options);
  }

  /// Runs what goes on after a wait, where nobody catches what it throws.
  template <class Run>
  void orFailed(const Callback<Result<Caller>>& done, const Run& run) const {
    try {
      return run();
    } catch (...) {
      // Below, without the exception, which may hold memory that is missing.
    }
    done(errors::internal());
  }

  const clerk::SessionVerifier verifier_;
  const std::optional<clerk::Users> users_;
  logging::OutageLog lookUps_;
};

}  // namespace

Identify clerkIdentity(clerk::SessionVerifier verifier, std::optional<clerk::Users> users, Log log) {
  const auto identity = std::make_shared<ClerkIdentity>(std::move(verifier), std::move(users), std::move(log));
  return {
      [identity](const http::RequestView& request, Deadline deadline) { return identity->identify(request, deadline); },
      [identity](const http::RequestView& request, const AsyncOptions& options, Callback<Result<Caller>> done) {
        identity->identifyAsync(request, options, std::move(done));
      }};
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
