/// Requests to Clerk's Backend API.
/// https://clerk.com/docs/reference/backend-api
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/http/message.hpp>
#include <liveblocks/secret.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// The version of the API whose answers this library reads.
constexpr std::string_view backendApiVersion = "2026-05-12";

/// Throws `std::invalid_argument` when it cannot be a secret key.
void checkSecretKey(const Secret& key);

/// `GET url` in the name of the instance.
http::Request backendRequest(std::string url, const Secret& secretKey);

/// The same with `POST` and a body of JSON text.
http::Request backendRequest(std::string url, const Secret& secretKey, std::string body);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
