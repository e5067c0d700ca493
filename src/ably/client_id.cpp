#include <liveblocks/ably/client_id.hpp>

#include <utility>

#include "ably/rules.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {
namespace {

using detail::AblyCode;
using detail::ablyError;
using detail::problemOfName;

constexpr const char* wildcardName = "*";

Error badClientId(const std::string& problem) { return ablyError(AblyCode::badClientId, "the clientId " + problem); }

}  // namespace

Result<ClientId> ClientId::named(std::string_view name) {
  if (const char* problem = problemOfName(name)) return badClientId(problem);
  if (name == wildcardName) return badClientId("is *, which means any client: use wildcard()");
  if (name.size() > maxBytes) return badClientId("is longer than " + std::to_string(maxBytes) + " bytes");
  return ClientId(std::string(name));
}

ClientId ClientId::anonymous() { return ClientId(std::string()); }

ClientId ClientId::wildcard() { return ClientId(wildcardName); }

bool ClientId::isAnonymous() const noexcept { return text_.empty(); }

const std::string& ClientId::text() const noexcept { return text_; }

ClientId::ClientId(std::string text) : text_(std::move(text)) {}

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
