#include "api_exchange.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

#include "core/json_writer.hpp"
#include "core/logging.hpp"
#include "core/redactor.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "http/wiped_request.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace detail {
namespace {

constexpr std::size_t maxWarningBytes = 2048;

/// Joins the values of all headers of that name, as `fetch` does (RFC 9110 §5.3).
std::string joinedHeader(const http::Response& response, std::string_view name) {
  std::string result;
  for (const http::Header& header : response.headers) {
    if (!ascii::equalsIgnoringCase(header.name, name)) continue;
    if (!result.empty()) result += ", ";
    result += header.value;
  }
  return result;
}

int mappedStatus(int upstream) noexcept {
  if (isSuccess(upstream)) return 200;
  return upstream >= 500 ? 503 : upstream;
}

}  // namespace

void requireTransport(const ClientState& client) {
  if (!client.transport) {
    throw std::logic_error(
        "this client has no transport: use the sans-I/O methods, or construct it with an http::Transport");
  }
}

http::Request apiRequest(const ClientState& client, std::string_view method, std::string_view path) {
  http::Request request{std::string(method), client.baseUrl + std::string(path), {}, {}};
  // Added one by one: an initializer list would leave a copy of the key in memory.
  request.headers.reserve(2);
  request.headers.push_back(http::detail::bearerAuthorization(client.secretKey));
  return request;
}

http::Request apiRequest(const ClientState& client, std::string_view method, std::string_view path, std::string body) {
  http::Request request = apiRequest(client, method, path);
  request.headers.push_back({"Content-Type", "application/json"});
  request.body = std::move(body);
  return request;
}

std::string jsonList(const std::vector<std::string>& strings) {
  json::ArrayWriter array;
  for (const std::string& text : strings) array.addString(text);
  return array.finish();
}

std::string jsonList(const Permissions& permissions) {
  json::ArrayWriter array;
  for (const std::string_view permission : permissions) array.addString(permission);
  return array.finish();
}

Deadline deadlineOr(const ClientState& client, std::optional<Deadline> deadline) {
  return deadline.value_or(timing::later(std::chrono::steady_clock::now(), client.timeout));
}

namespace {

http::Call callOf(const ClientState& client, const Exchange& exchange, std::optional<Deadline> deadline) {
  http::Call call{deadlineOr(client, deadline), exchange.maxResponse};
  call.allowInsecureHttp = client.allowInsecureHttp;
  call.once = exchange.once;
  return call;
}

}  // namespace

Result<http::Response> perform(const ClientState& client, Exchange exchange, std::optional<Deadline> deadline) {
  const http::Call call = callOf(client, exchange, deadline);
  const http::detail::WipedRequest wiped(std::move(exchange.request));
  try {
    return http::detail::sendWithRetry(*client.transport, wiped.get(), call,
                                       client.retry ? exchange.policy : http::detail::RetryPolicy::off(),
                                       {client.events, exchange.operation});
  } catch (...) {
    return Error{Errc::internal, "the transport threw an exception"};
  }
}

void start(const ClientState& client, Exchange exchange, const AsyncOptions& options,
           http::Transport::Completion done) {
  http::Call call = callOf(client, exchange, options.deadline);
  call.cancellation = options.cancellation;
  http::detail::startWithRetry(client.transport, std::move(exchange.request), call,
                               client.retry ? std::move(exchange.policy) : http::detail::RetryPolicy::off(),
                               std::move(done), {client.events, exchange.operation});
}

void logWarningHeader(const ClientState& client, const http::Response& response, std::string_view name) {
  const std::string warning = joinedHeader(response, "X-LB-Warn");
  if (warning.empty()) return;
  logging::write(client.log, isSuccess(response.status) ? LogLevel::warning : LogLevel::error,
                 "  ⚠ [Liveblocks] " +
                     utf8::printable(redactor::redact(warning, client.secretKey.reveal()), maxWarningBytes) + " (" +
                     std::string(name) + ")");
}

http::Request TokenCall::request(std::string body) const { return apiRequest(*client, "POST", path, std::move(body)); }

AuthResponse TokenCall::operator()(const Result<http::Response>& response) const {
  if (!response) return withoutResponse(response.error());
  const http::Response& upstream = *response;
  if (upstream.status < 200) return withoutResponse({Errc::upstream, "the response has no final HTTP status"});
  logWarningHeader(*client, upstream, "POST " + std::string(path));
  std::string body = utf8::decode(upstream.body);
  const std::string_view key = client->secretKey.reveal();
  if (!isSuccess(upstream.status)) {
    body = redactor::redactBody(body, key);
  } else if (redactor::repeatsSecret(body, key)) {
    return withoutResponse({Errc::upstream, "the response repeats the secret key", upstream.status});
  }
  return {mappedStatus(upstream.status), std::move(body), std::nullopt, upstream.status};
}

AuthResponse TokenCall::perform(std::string body, std::optional<Deadline> deadline) const {
  return (*this)(detail::perform(*client, {request(std::move(body)), operation}, deadline));
}

void TokenCall::start(std::string body, http::detail::Delivery<AuthResponse> delivery,
                      const AsyncOptions& options) const {
  detail::start(*client, {request(std::move(body)), operation}, options, completionOf(*this, std::move(delivery)));
}

AuthResponse TokenCall::withoutResponse(Error error) const {
  std::string body = client->localDevServer ? "Could not connect to your Liveblocks dev server. Is it running?"
                                            : "Call to " + target + R"( failed. See "error" for more information.)";
  error.message = redactor::redact(error.message, client->secretKey.reveal());
  return {503, std::move(body), std::move(error)};
}

// As in the messages of @liveblocks/node, which name the path of one call and the URL of the other.

TokenCall authorizeCall(std::shared_ptr<const ClientState> client) {
  return {std::move(client), "/v2/authorize-user", "/v2/authorize-user", operations::authorize};
}

TokenCall identifyCall(std::shared_ptr<const ClientState> client) {
  std::string target = client->baseUrl + "/v2/identify-user";
  return {std::move(client), "/v2/identify-user", std::move(target), operations::identify};
}

}  // namespace detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
