/// Clients, sessions and users as the Frontend API shows them.
#pragma once

#include <string>
#include <vector>

#include <liveblocks/core/json.hpp>
#include <liveblocks/testing/fake_frontend_api.hpp>

#include "testing/fake_frontend_api/clients.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::fake_frontend_api {

/// What a browser shows of its user. Private metadata is for the Backend API alone.
Json browserUserJson(const FakeUser& user);

/// `status` is `active`, `ended`, `removed` or `revoked`.
Json sessionJson(const Session& session, const FakeUser& user, const std::string& status, const Json& lastActiveToken);

/// `sessions` are those of the client, as above.
Json clientJson(const Client& client, const std::vector<Json>& sessions);

/// A session among all those of its user.
Json sessionActivityJson(const Session& session);

Json tokenJson(const std::string& token);

/// Of a sign-in that is complete.
Json signInJson(const std::string& id, const std::string& sessionId);

Json environmentJson(const FakeFrontendApiOptions& options);

}  // namespace testing::fake_frontend_api
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
