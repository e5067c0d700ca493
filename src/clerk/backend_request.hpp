/// Requests to Clerk's Backend API.
/// https://clerk.com/docs/reference/backend-api
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/core/secret.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

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

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
