/// Requests to Clerk's Backend API, and the errors that it answers with.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <liveblocks/core/error.hpp>
#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace detail {

/// The version of the API whose answers this library reads.
constexpr std::string_view backendApiVersion = "2026-05-12";

/// The secret key of an instance, without what was pasted around it. Throws `std::invalid_argument` when it cannot be
/// one, with the reason and without the key.
Secret checkedSecretKey(const Secret& key);

/// The same for `machineSecretKey`: the secret key of a machine, or of the instance.
Secret checkedMachineSecretKey(const Secret& key);

/// `apiUrl` without trailing slashes. Throws `std::invalid_argument` for what `http::checkedBaseUrl()` refuses, and for
/// a path at Clerk's own host: the version of the API, as in `/v1`, is put behind it.
std::string checkedApiUrl(std::string_view text);

/// `GET url` in the name of the instance.
http::Request backendRequest(std::string url, const Secret& secretKey);

/// The same with `POST` and a body of JSON text.
http::Request backendRequest(std::string url, const Secret& secretKey, std::string body);

/// The error that a status other than 200 stands for. Of the answer's text only Clerk's error code and trace id get
/// into the message, and only when they are plain tokens. `now` is compared with a `Retry-After` that holds a date;
/// `variable` is what the secret key of the request is known by.
Error backendError(const http::Response& response, std::chrono::system_clock::time_point now,
                   std::string_view variable = "CLERK_SECRET_KEY");

/// What the log is told where Clerk refuses the instance's secret key, or that of a machine.
std::string refusedSecretKey(int status, std::string_view variable = "CLERK_SECRET_KEY");

/// Whether the Backend API will have nothing of what the request holds: malformed (400, 422), unknown (404) or used up
/// (410). Where that is what a browser or a program sent, the fault is theirs.
bool isRefusal(int status) noexcept;

}  // namespace detail
}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
