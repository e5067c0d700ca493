/// Requests to Clerk's Backend API, and its errors.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include <liveblocks/core/error.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// The version of the API whose responses this library reads.
constexpr std::string_view backendApiVersion = "2026-05-12";

/// The largest response in bytes that is read.
constexpr std::size_t maxBackendResponse = std::size_t{256} << 10;

/// Returns the secret key of an instance without surrounding white space and quotes. Throws `std::invalid_argument` if
/// it is invalid, with the reason and without the key.
Secret checkedSecretKey(const Secret& key);

/// As `checkedSecretKey()`, for `machineSecretKey`: the secret key of a machine or of the instance.
Secret checkedMachineSecretKey(const Secret& key);

/// Returns `apiUrl` without trailing slashes. Throws `std::invalid_argument` for URLs that
/// `http::detail::checkedBaseUrl()` rejects, and for a path at Clerk's own host: the version of the API, such as `/v1`,
/// is appended.
std::string checkedApiUrl(std::string_view text);

/// `GET url` with the secret key of the instance.
http::Request backendRequest(std::string url, const Secret& secretKey);

/// `POST url` with the secret key of the instance and a JSON body.
http::Request backendRequest(std::string url, const Secret& secretKey, std::string body);

/// The error for a response with a status other than 200. Of its body only Clerk's error code and trace id become part
/// of the message, and only if they are plain words. `now` is the time from which a date in `Retry-After` is measured;
/// `variable` is the name of the environment variable of the secret key.
Error backendError(const http::Response& response, std::chrono::system_clock::time_point now,
                   std::string_view variable = "CLERK_SECRET_KEY");

/// The message for the log if Clerk rejects the secret key of the instance or of a machine.
std::string refusedSecretKey(int status, std::string_view variable = "CLERK_SECRET_KEY");

/// Whether the Backend API rejects the data of the request as malformed (400, 422), unknown (404) or used up (410). If
/// the data came from a client, the error is the client's.
bool isRefusal(int status) noexcept;

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
