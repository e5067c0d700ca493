#include "exchange.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

#include "core/ascii.hpp"
#include "core/logging.hpp"
#include "core/printable.hpp"
#include "core/redactor.hpp"
#include "core/saturating_time.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

constexpr std::size_t maxWarningBytes = 2048;

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

void requireTransport(const LiveblocksState& client) {
  if (!client.transport) {
    throw std::logic_error(
        "this client has no transport: use the sans-I/O methods, or construct it with an http::Transport");
  }
}

http::Request apiRequest(const LiveblocksState& client, std::string_view method, std::string_view path) {
  http::Request request{std::string(method), client.baseUrl + std::string(path), {}, {}};
  // Moved in one by one: an initializer list would leave a copy of the key behind.
  request.headers.reserve(2);
  request.headers.push_back(http::bearerAuthorization(client.secretKey));
  return request;
}

http::Request apiRequest(const LiveblocksState& client, std::string_view method, std::string_view path,
                         std::string body) {
  http::Request request = apiRequest(client, method, path);
  request.headers.push_back({"Content-Type", "application/json"});
  request.body = std::move(body);
  return request;
}

Deadline deadlineOr(const LiveblocksState& client, std::optional<Deadline> given) {
  return given.value_or(later(std::chrono::steady_clock::now(), client.timeout));
}

Result<http::Response> exchange(const LiveblocksState& client, http::Request request, http::Call call,
                                const http::RetryPolicy& policy) {
  call.allowInsecureHttp = client.allowInsecureHttp;
  const http::WipedRequest wiped(std::move(request));
  try {
    return http::sendWithRetry(*client.transport, wiped.get(), call, client.retry ? policy : http::RetryPolicy::off());
  } catch (...) {
    return Error{Errc::internal, "the transport threw an exception"};
  }
}

void logWarningHeader(const LiveblocksState& client, const http::Response& answer, std::string_view name) {
  const std::string warning = joinedHeader(answer, "X-LB-Warn");
  if (warning.empty()) return;
  writeLog(client.log, isSuccess(answer.status) ? LogLevel::warning : LogLevel::error,
           "  ⚠ [Liveblocks] " + printable(redactSecrets(warning, client.secretKey.reveal()), maxWarningBytes) + " (" +
               std::string(name) + ")");
}

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
