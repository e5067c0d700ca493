#include "jwks/key_set.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "core/base64.hpp"
#include "core/json_members.hpp"
#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "http/retry.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwks {
namespace {

constexpr int maxDepth = 16;
constexpr std::size_t maxKeyIdSize = 256;

Error refuse(const char* problem) { return {Errc::malformed, std::string("the JWK Set ") + problem}; }

using Members = std::vector<json::Member>;

bool isAbsentOr(const Members& jwk, std::string_view name, std::string_view value) {
  const std::string_view text = json::findMember(jwk, name);
  return text.empty() || json::toString(text) == value;
}

bool allowsVerification(std::string_view operations) {
  if (operations.empty()) return true;
  const auto items = json::items(operations);
  return std::any_of(items.begin(), items.end(),
                     [](std::string_view item) { return json::toString(item) == "verify"; });
}

bool isForRs256(const Members& jwk) {
  return json::toString(json::findMember(jwk, "kty")) == "RSA" && isAbsentOr(jwk, "use", "sig") &&
         isAbsentOr(jwk, "alg", "RS256") && allowsVerification(json::findMember(jwk, "key_ops")) &&
         json::findMember(jwk, "d").empty();
}

}  // namespace

Result<KeySet> KeySet::parse(std::string_view json, const KeySet* previous) {
  if (json.size() > maxDocumentSize) return refuse("is larger than 256 KiB");
  if (!json::isStrict(json, maxDepth)) return refuse("is not strict JSON");
  const std::string_view keys = json::findMember(json::members(json), "keys");
  if (keys.empty() || keys.front() != '[') return refuse("has no array of keys");
  const std::vector<std::string_view> jwks = json::items(keys);
  if (jwks.size() > maxKeys) return refuse("has more than 64 keys");
  KeySet set;
  for (const std::string_view jwk : jwks) {
    if (const auto problem = set.add(jwk, previous)) return *problem;
  }
  if (set.entries_.empty()) return refuse("has no usable key");
  return set;
}

std::optional<Error> KeySet::add(std::string_view jwk, const KeySet* previous) {
  std::optional<Entry> entry = read(jwk);
  if (entry && previous != nullptr) entry->key = previous->findSame(*entry);
  if (entry && entry->key == nullptr) {
    Result<KeyPointer> built = build(*entry);
    if (!built) return built.error();
    entry->key = *std::move(built);
  }
  if (!entry || entry->key == nullptr) {
    ++skipped_;
    return std::nullopt;
  }
  if (find(entry->keyId) != nullptr) return refuse("has two keys with one kid");
  entries_.push_back(*std::move(entry));
  return std::nullopt;
}

std::optional<KeySet::Entry> KeySet::read(std::string_view text) {
  const Members jwk = json::members(text);
  if (!isForRs256(jwk)) return std::nullopt;
  auto keyId = json::toString(json::findMember(jwk, "kid"));
  auto modulus = json::toString(json::findMember(jwk, "n"));
  auto exponent = json::toString(json::findMember(jwk, "e"));
  if (!keyId || keyId->empty() || keyId->size() > maxKeyIdSize || !modulus || !exponent) return std::nullopt;
  return Entry{*std::move(keyId), *std::move(modulus), *std::move(exponent), nullptr};
}

Result<KeyPointer> KeySet::build(const Entry& entry) {
  const auto modulus = base64url::decode(entry.modulus);
  const auto exponent = base64url::decode(entry.exponent);
  if (!modulus || !exponent) return KeyPointer();
  auto key = crypto::RsaPublicKey::fromNumbers(*modulus, *exponent);
  return key || key.error().code == Errc::internal ? std::move(key) : KeyPointer();
}

KeyPointer KeySet::find(std::string_view keyId) const {
  for (const Entry& entry : entries_) {
    if (entry.keyId == keyId) return entry.key;
  }
  return nullptr;
}

KeyPointer KeySet::findSame(const Entry& wanted) const {
  for (const Entry& entry : entries_) {
    if (entry.keyId == wanted.keyId && entry.modulus == wanted.modulus && entry.exponent == wanted.exponent) {
      return entry.key;
    }
  }
  return nullptr;
}

namespace {

bool carriesCredentials(const http::Request& request) {
  return std::any_of(request.headers.begin(), request.headers.end(),
                     [](const http::Header& header) { return header.sensitive; });
}

Error badStatus(bool hadCredentials, const http::Response& response, const Clock& clock) {
  const bool rejected = (response.status == 401 || response.status == 403) && hadCredentials;
  return {rejected ? Errc::secretKeyRejected : Errc::upstream,
          "the response has status " + std::to_string(response.status), response.status,
          http::detail::retryAfter(response, clock.wall())};
}

std::optional<std::chrono::seconds> maxAge(const http::Response& response) {
  std::string_view rest = http::findHeader(response, "Cache-Control").value_or("");
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view directive = ascii::trim(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    constexpr std::string_view name = "max-age=";
    if (!ascii::equalsIgnoringCase(directive.substr(0, name.size()), name)) continue;
    std::uint32_t seconds = 0;
    const char* const end = directive.data() + directive.size();
    const auto [last, problem] = std::from_chars(directive.data() + name.size(), end, seconds);
    if (problem == std::errc() && last == end) return std::chrono::seconds(seconds);
  }
  return std::nullopt;
}

Result<FetchedKeys> readResponse(const Result<http::Response>& response, bool hadCredentials, const KeySet* previous,
                                 const Clock& clock) {
  if (!response) return response.error();
  if (response->status != 200) return badStatus(hadCredentials, *response, clock);
  Result<KeySet> keys = KeySet::parse(response->body, previous);
  if (!keys) return Error{keys.error().code, keys.error().message, 200};
  return FetchedKeys{std::make_shared<const KeySet>(*std::move(keys)), maxAge(*response)};
}

http::Call callUntil(Deadline deadline) {
  http::Call call{deadline};
  call.maxBody = maxDocumentSize;
  return call;
}

http::detail::RetryPolicy policyOf(bool repeats) {
  return repeats ? http::detail::RetryPolicy() : http::detail::RetryPolicy::off();
}

}  // namespace

Result<FetchedKeys> fetchKeySet(http::Transport& transport, const http::Request& request, Deadline deadline,
                                const KeySet* previous, const Clock& clock, bool repeats,
                                const http::detail::Watch& watch) {
  const auto response = http::detail::sendWithRetry(transport, request, callUntil(deadline), policyOf(repeats), watch);
  return readResponse(response, carriesCredentials(request), previous, clock);
}

void startFetchingKeySet(std::shared_ptr<http::Transport> transport, http::Request request, Deadline deadline,
                         std::shared_ptr<const KeySet> previous, std::shared_ptr<const Clock> clock,
                         KeySetCallback done, bool repeats, const http::detail::Watch& watch) {
  const bool hasCredentials = carriesCredentials(request);
  auto read = [hasCredentials, previous = std::move(previous), clock = std::move(clock),
               done = std::move(done)](const Result<http::Response>& response) {
    done(readResponse(response, hasCredentials, previous.get(), *clock));
  };
  http::detail::startWithRetry(std::move(transport), std::move(request), callUntil(deadline), policyOf(repeats),
                               std::move(read), watch);
}

}  // namespace jwks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
