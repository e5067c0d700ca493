/// The clients of Liveblocks and Clerk for all fates, and calls of all kinds.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/auth_endpoint.hpp>
#include <liveblocks/clerk/request_authenticator.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/clerk/users.hpp>
#include <liveblocks/http/transport.hpp>
#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/clerk_issuer.hpp>

#include "call_id.hpp"
#include "faulty_server.hpp"
#include "outcome.hpp"
#include "plan.hpp"

namespace liveblocks_tests::mixed {

constexpr std::chrono::seconds ampleTime{30};

/// Thread-safe.
class Clients {
 public:
  using Done = std::function<void(Outcome)>;

  Clients(const FaultyServer& server, liveblocks::testing::ClerkIssuer issuer,
          std::shared_ptr<liveblocks::http::Transport> transport)
      : server_(server), issuer_(std::move(issuer)), transport_(std::move(transport)) {
    for (std::size_t i = 0; i < fateCount; ++i) {
      const std::string url = server.url(static_cast<Fate>(i));
      liveblocks::LiveblocksOptions options{"sk_test_1", url};
      options.timeout = ampleTime;
      liveblocks_.emplace_back(options, transport_);
      users_.emplace_back(usersOptions(url, ampleTime), transport_);
    }
  }

  void begin(const PlannedCall& call, std::size_t index, const liveblocks::AsyncOptions& options, Done done) {
    const auto keep = [done = std::move(done)](const auto& result) { done(outcomeOf(result)); };
    if (needsKeys(call.kind)) return beginWithKeys(call, idOf(index), options, keep);
    if (call.kind == Kind::getUser) return users_[at(call.fate)].getAsync(idOf(index), keep, options);
    beginAtLiveblocks(call.kind, liveblocks_[at(call.fate)], idOf(index), options, keep);
  }

 private:
  struct Tenant {
    liveblocks::clerk::SessionVerifier verifier;
    liveblocks::clerk::RequestAuthenticator authenticator;
  };

  static std::size_t at(Fate fate) { return static_cast<std::size_t>(fate); }

  static liveblocks::clerk::UsersOptions usersOptions(const std::string& url, std::chrono::milliseconds timeout) {
    liveblocks::clerk::UsersOptions options;
    options.secretKey = "sk_test_1";
    options.apiUrl = url;
    options.timeout = timeout;
    return options;
  }

  template <class Keep>
  static void beginAtLiveblocks(Kind kind, const liveblocks::Liveblocks& client, const std::string& id,
                                const liveblocks::AsyncOptions& options, const Keep& keep) {
    switch (kind) {
      case Kind::authorize:
        return client.prepareSession(id).allow(id, liveblocks::FULL_ACCESS).authorizeAsync(keep, options);
      case Kind::identify:
        return client.identifyUserAsync({id}, {}, keep, options);
      case Kind::getRooms:
        return client.getRoomsAsync({id}, {}, keep, options);
      case Kind::createRoom:
        return client.createRoomAsync(id, {}, keep, options);
      case Kind::getOrCreateRoom:
        return client.getOrCreateRoomAsync(id, {}, keep, options);
      case Kind::updateRoom:
        return client.updateRoomAsync(id, {liveblocks::Permissions{}}, keep, options);
      case Kind::upsertRoom:
        return client.upsertRoomAsync(id, {liveblocks::Permissions{}}, {}, keep, options);
      case Kind::deleteRoom:
        return client.deleteRoomAsync(id, keep, options);
      case Kind::updateRoomId:
        return client.updateRoomIdAsync({"old-" + id, "new-" + id}, keep, options);
      case Kind::prewarmRoom:
        return client.prewarmRoomAsync(id, keep, options);
      case Kind::getActiveUsers:
        return client.getActiveUsersAsync(id, keep, options);
      case Kind::broadcastEvent:
        return client.broadcastEventAsync(id, liveblocks::Json(1), keep, options);
      default:
        return client.getRoomAsync(id, keep, options);
    }
  }

  template <class Keep>
  void beginWithKeys(const PlannedCall& call, const std::string& id, const liveblocks::AsyncOptions& options,
                     const Keep& keep) {
    const Tenant tenant = tenantOf(call);
    if (call.kind == Kind::refreshKeys) return tenant.verifier.refreshKeysAsync(keep, options);
    const std::string token = tokenOf(id);
    if (call.kind == Kind::verify) return tenant.verifier.verifyAsync(token, keep, options);
    liveblocks::http::ReceivedRequest request{"POST", "/", {{"Authorization", "Bearer " + token}}, "{}"};
    if (call.kind == Kind::authenticate) {
      return tenant.authenticator.authenticateAsync(std::move(request), keep, options);
    }
    endpointOf(call, tenant, id).handleAsync(std::move(request), keep, options);
  }

  Tenant tenantOf(const PlannedCall& call) {
    const std::lock_guard lock(mutex_);
    const auto found = tenants_.find(call.tenant);
    if (found != tenants_.end()) return found->second;
    const auto keys = liveblocks::clerk::KeySource::backendApi(
        "sk_test_1", server_.url(call.fateOfKeys, std::to_string(call.tenant)), transport_);
    liveblocks::clerk::RequestAuthenticatorOptions options;
    options.publishableKey = issuer_.publishableKey();
    const Tenant tenant{liveblocks::clerk::SessionVerifier(keys),
                        liveblocks::clerk::RequestAuthenticator(keys, options, transport_)};
    return tenants_.emplace(call.tenant, tenant).first->second;
  }

  std::string tokenOf(const std::string& id) const {
    liveblocks::testing::SessionTokenSpec spec;
    spec.userId = id;
    spec.lifetime = std::chrono::minutes(10);
    return issuer_.sessionToken(spec);
  }

  /// Its decision comes later. The endpoint is destroyed while it waits.
  liveblocks::AuthEndpoint endpointOf(const PlannedCall& call, const Tenant& tenant, const std::string& id) const {
    const auto decide = [scheduler = transport_->scheduler(), id](const liveblocks::AuthRequest&,
                                                                  liveblocks::Callback<liveblocks::Decision> done) {
      scheduler->post(
          [done = std::move(done), id] { done(liveblocks::Decision().allow(id, liveblocks::FULL_ACCESS)); });
    };
    const auto time = call.fateOfUser == Fate::stalled ? std::chrono::milliseconds(100) : ampleTime;
    const liveblocks::clerk::Users users(usersOptions(server_.url(call.fateOfUser), time), transport_);
    liveblocks::AuthEndpointOptions options;
    options.timeout = ampleTime;
    return {liveblocks_[at(call.fate)], liveblocks::clerkIdentity(tenant.verifier, users), decide, options};
  }

  const FaultyServer& server_;
  const liveblocks::testing::ClerkIssuer issuer_;
  const std::shared_ptr<liveblocks::http::Transport> transport_;
  std::vector<liveblocks::Liveblocks> liveblocks_;
  std::vector<liveblocks::clerk::Users> users_;
  std::mutex mutex_;
  std::map<std::size_t, Tenant> tenants_;
};

}  // namespace liveblocks_tests::mixed
