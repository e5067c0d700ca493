#include "token_call.hpp"

#include <utility>

#include "core/redactor.hpp"
#include "core/utf8.hpp"
#include "exchange.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

int mappedStatus(int upstream) noexcept {
  if (isSuccess(upstream)) return 200;
  return upstream >= 500 ? 503 : upstream;
}

}  // namespace

http::Request TokenCall::request(std::string body) const { return apiRequest(*client, "POST", path, std::move(body)); }

AuthResponse TokenCall::response(const Result<http::Response>& answer) const {
  if (!answer) return failed(answer.error());
  const http::Response& upstream = *answer;
  if (upstream.status < 200) return failed({Errc::upstream, "the answer has no final HTTP status"});
  logWarningHeader(*client, upstream, "POST " + std::string(path));
  std::string body = utf8::decode(upstream.body);
  const std::string_view key = client->secretKey.reveal();
  if (!isSuccess(upstream.status)) {
    body = redactSecretsInBody(body, key);
  } else if (repeatsSecret(body, key)) {
    return failed({Errc::upstream, "the answer repeats the secret key", upstream.status});
  }
  return {mappedStatus(upstream.status), std::move(body), std::nullopt, upstream.status};
}

AuthResponse TokenCall::perform(std::string body, std::optional<Deadline> deadline) const {
  requireTransport(*client);
  return response(exchange(*client, request(std::move(body)), {deadlineOr(*client, deadline)}));
}

AuthResponse TokenCall::failed(Error error) const {
  std::string body = client->localDevServer ? "Could not connect to your Liveblocks dev server. Is it running?"
                                            : "Call to " + target + R"( failed. See "error" for more information.)";
  error.message = redactSecrets(error.message, client->secretKey.reveal());
  return {503, std::move(body), std::move(error)};
}

TokenCall authorizeCall(std::shared_ptr<const LiveblocksState> client) {
  return {std::move(client), "/v2/authorize-user", "/v2/authorize-user"};
}

TokenCall identifyCall(std::shared_ptr<const LiveblocksState> client) {
  std::string target = client->baseUrl + "/v2/identify-user";
  return {std::move(client), "/v2/identify-user", std::move(target)};
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
