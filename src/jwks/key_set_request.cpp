#include "jwks/key_set_request.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "core/ascii.hpp"
#include "http/retry.hpp"
#include "http/retry_after.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace jwks {
namespace {

bool carriesCredentials(const http::Request& request) {
  return std::any_of(request.headers.begin(), request.headers.end(),
                     [](const http::Header& header) { return header.sensitive; });
}

Error badStatus(const http::Request& request, const http::Response& response, const Clock& clock) {
  const bool rejected = (response.status == 401 || response.status == 403) && carriesCredentials(request);
  return {rejected ? Errc::secretKeyRejected : Errc::upstream,
          "the answer has status " + std::to_string(response.status), response.status,
          http::retryAfter(response, clock.wall())};
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

}  // namespace

Result<FetchedKeys> fetchKeySet(http::Transport& transport, const http::Request& request, Deadline deadline,
                                const KeySet* previous, const Clock& clock) {
  http::Call call{deadline};
  call.maxBody = maxDocumentSize;
  const Result<http::Response> response = http::sendWithRetry(transport, request, call);
  if (!response) return response.error();
  if (response->status != 200) return badStatus(request, *response, clock);
  Result<KeySet> keys = KeySet::parse(response->body, previous);
  if (!keys) return Error{Errc::malformed, keys.error().message, 200};
  return FetchedKeys{std::make_shared<const KeySet>(*std::move(keys)), maxAge(*response)};
}

}  // namespace jwks
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
