#include <liveblocks/liveblocks.hpp>

#include <utility>

#include "checks.hpp"
#include "client_state.hpp"
#include "core/ascii.hpp"
#include "core/pasted_value.hpp"
#include "core/timeout.hpp"
#include "http/url.hpp"
#include "json_list.hpp"
#include "session_state.hpp"
#include "token_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

/// The vendor's rule: `localhost`, then a port or a path.
bool isLocalDevServer(std::string_view baseUrl) noexcept {
  for (const std::string_view origin : {"http://localhost", "https://localhost"}) {
    if (!ascii::startsWith(baseUrl, origin) || baseUrl.size() == origin.size()) continue;
    return baseUrl[origin.size()] == ':' || baseUrl[origin.size()] == '/';
  }
  return false;
}

std::shared_ptr<const LiveblocksState> makeState(const LiveblocksOptions& options,
                                                 std::shared_ptr<http::Transport> transport) {
  const Secret secretKey = checkedSecretKey(options.secret);
  checkTimeout(options.timeout);
  const std::string baseUrl = http::checkedBaseUrl("baseUrl", options.baseUrl, options.allowInsecureHttp);
  http::refusePathAt("api.liveblocks.io", "baseUrl", baseUrl);
  return std::make_shared<LiveblocksState>(
      LiveblocksState{secretKey, baseUrl, isLocalDevServer(pasted::clean(options.baseUrl)), options.allowInsecureHttp,
                      options.timeout, options.retry, options.log, std::move(transport)});
}

void checkIdentity(const Identity& identity, const IdentifyOptions& options) {
  requireUserId(identity.userId);
  for (const std::string& id : identity.groupIds) requireUtf8("groupIds", id);
  requireUtf8("organizationId", identity.organizationId.value_or(""));
  requireUserInfo(options.userInfo);
}

std::string identifyBody(const Identity& identity, const IdentifyOptions& options) {
  checkIdentity(identity, options);
  std::string text = "{\"userId\":" + Json(identity.userId).text();
  if (!identity.groupIds.empty()) text += ",\"groupIds\":" + jsonList(identity.groupIds);
  if (options.userInfo) text += ",\"userInfo\":" + options.userInfo->text();
  if (identity.organizationId) text += ",\"organizationId\":" + Json(*identity.organizationId).text();
  return text += '}';
}

}  // namespace

Liveblocks::Liveblocks(const LiveblocksOptions& options, std::shared_ptr<http::Transport> transport)
    : state_(makeState(options, std::move(transport))) {}

Session Liveblocks::prepareSession(std::string_view userId, const SessionOptions& options) const {
  requireUserId(userId);
  requireUtf8("organizationId", options.organizationId.value_or(""));
  requireUserInfo(options.userInfo);
  return Session(std::make_shared<Session::State>(Session::State{state_, std::string(userId), options}));
}

AuthResponse Liveblocks::identifyUser(const Identity& identity, const IdentifyOptions& options,
                                      std::optional<Deadline> deadline) const {
  return identifyCall(state_).perform(identifyBody(identity, options), deadline);
}

http::Request Liveblocks::identifyRequest(const Identity& identity, const IdentifyOptions& options) const {
  return identifyCall(state_).request(identifyBody(identity, options));
}

AuthResponse Liveblocks::identifyResponse(const Result<http::Response>& answer) const {
  return identifyCall(state_).response(answer);
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
