#include "endpoint.hpp"

#include "people.hpp"

namespace id_tokens {
namespace {

constexpr std::string_view scheme = "Bearer ";

}  // namespace

// rooms.md endpoint: begin
liveblocks::AuthEndpoint makeEndpoint(const liveblocks::Liveblocks& liveblocks) {
  const auto identify = [](const liveblocks::http::RequestView& request,
                           liveblocks::Deadline) -> liveblocks::Result<liveblocks::Caller> {
    const std::string_view credential = liveblocks::http::findHeader(request, "Authorization").value_or("");
    const bool isBearer = credential.substr(0, scheme.size()) == scheme;
    const Person* person = isBearer ? personOfSession(credential.substr(scheme.size())) : nullptr;
    if (person == nullptr) return liveblocks::Error{liveblocks::Errc::noToken, "not signed in"};
    liveblocks::Caller caller{person->userId, {liveblocks::Json::object({{"name", person->name}})}};
    caller.groupIds = person->groupIds;
    return caller;
  };
  return liveblocks::AuthEndpoint::withIdTokens(liveblocks, identify);
}
// rooms.md endpoint: end

}  // namespace id_tokens
