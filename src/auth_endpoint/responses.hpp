/// The responses of an auth endpoint.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/http/message.hpp>

#include "http/problem_body.hpp"
#include "http/retry.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace responses {

/// A response with a JSON body that must not be cached.
inline http::Response json(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}, std::move(body)};
}

/// An error response, with the body of `problemBody()`.
inline http::Response problem(int status, std::string_view error, std::string_view reason) {
  return json(status, http::detail::problemBody(error, reason));
}

/// `problemOfBody` says what is wrong with the body.
inline http::Response badRequest(std::string_view problemOfBody) {
  return problem(400, "bad_request",
                 R"(The body must be a JSON object such as {"room": "<id>"}: )" + std::string(problemOfBody));
}

inline http::Response unauthorized(std::string_view reason) { return problem(401, "unauthorized", reason); }

/// The message is "Access denied" when the reason is empty.
inline http::Response forbidden(std::string_view reason) {
  return problem(403, "forbidden", reason.empty() ? "Access denied" : reason);
}

inline http::Response methodNotAllowed() {
  http::Response response = problem(405, "method_not_allowed", "Only POST is allowed");
  response.headers.push_back({"Allow", "POST"});
  return response;
}

inline http::Response tooLarge(std::size_t maxBody) {
  return problem(413, "too_large", "The body is larger than " + std::to_string(maxBody) + " bytes");
}

inline http::Response internal() { return problem(500, "internal", "Something went wrong on the server"); }

/// The message says nothing about the cause when the reason is empty.
inline http::Response unavailable(std::string_view reason = {}, std::optional<std::chrono::seconds> retryAfter = {}) {
  http::Response response = problem(503, "unavailable", reason.empty() ? "Access cannot be granted right now" : reason);
  if (retryAfter) response.headers.push_back(http::detail::retryAfterHeader(*retryAfter));
  return response;
}

}  // namespace responses
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
