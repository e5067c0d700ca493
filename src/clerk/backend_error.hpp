/// Failed answers of Clerk's Backend API.
/// https://clerk.com/docs/reference/backend-api
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <liveblocks/core/error.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

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

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
