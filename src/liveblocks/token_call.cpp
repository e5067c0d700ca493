#include "liveblocks/token_call.hpp"

#include <stdexcept>
#include <utility>

#include "ascii.hpp"
#include "http/retry.hpp"
#include "http/wiped_request.hpp"
#include "logging.hpp"
#include "printable.hpp"
#include "utf8.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

constexpr std::size_t maxWarningBytes = 2048;

bool isSuccess(int status) noexcept { return status >= 200 && status < 300; }

int mappedStatus(int upstream) noexcept {
  if (isSuccess(upstream)) return 200;
  return upstream >= 500 ? 503 : upstream;
}

Result<http::Response> send(const LiveblocksState& client, const http::Request& request, const http::Call& call) {
  try {
    const auto policy = client.retry ? http::RetryPolicy{} : http::RetryPolicy::off();
    return http::sendWithRetry(*client.transport, request, call, policy);
  } catch (...) {
    return Error{Errc::internal, "the transport threw an exception"};
  }
}

/// All headers of that name in one text, as `fetch` gives them (RFC 9110 §5.3).
std::string joinedHeader(const http::Response& response, std::string_view name) {
  std::string result;
  for (const http::Header& header : response.headers) {
    if (!ascii::equalsIgnoringCase(header.name, name)) continue;
    if (!result.empty()) result += ", ";
    result += header.value;
  }
  return result;
}

}  // namespace

http::Request TokenCall::request(std::string body) const {
  http::Request result{"POST", client.baseUrl + std::string(path), {}, std::move(body)};
  // Moved in one by one: an initializer list would leave a copy of the key behind.
  result.headers.reserve(2);
  result.headers.push_back(http::bearerAuthorization(client.secretKey));
  result.headers.push_back({"Content-Type", "application/json"});
  return result;
}

AuthResponse TokenCall::response(const Result<http::Response>& answer) const {
  if (!answer) return failed(answer.error());
  const http::Response& upstream = *answer;
  if (upstream.status < 200) return failed({Errc::upstream, "the answer has no final HTTP status"});
  logWarningHeader(upstream);
  return {mappedStatus(upstream.status), utf8::decode(upstream.body), std::nullopt, upstream.status};
}

AuthResponse TokenCall::perform(std::string body, std::optional<Deadline> deadline) const {
  requireTransport(client);
  http::Call call{deadline.value_or(std::chrono::steady_clock::now() + client.timeout)};
  call.allowInsecureHttp = client.allowInsecureHttp;
  const http::WipedRequest wiped(request(std::move(body)));
  return response(send(client, wiped.get(), call));
}

AuthResponse TokenCall::failed(Error error) const {
  std::string body = client.localDevServer ? "Could not connect to your Liveblocks dev server. Is it running?"
                                           : "Call to " + target + R"( failed. See "error" for more information.)";
  return {503, std::move(body), std::move(error)};
}

void TokenCall::logWarningHeader(const http::Response& answer) const {
  const std::string warning = joinedHeader(answer, "X-LB-Warn");
  if (warning.empty()) return;
  writeLog(client.log, isSuccess(answer.status) ? LogLevel::warning : LogLevel::error,
           "  ⚠ [Liveblocks] " + printable(warning, maxWarningBytes) + " (POST " + std::string(path) + ")");
}

TokenCall authorizeCall(const LiveblocksState& client) { return {client, "/v2/authorize-user", "/v2/authorize-user"}; }

TokenCall identifyCall(const LiveblocksState& client) {
  return {client, "/v2/identify-user", client.baseUrl + "/v2/identify-user"};
}

void requireTransport(const LiveblocksState& client) {
  if (!client.transport) {
    throw std::logic_error(
        "this client has no transport: use the sans-I/O methods, or construct it with an http::Transport");
  }
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
