#include "http/curl/exchange.hpp"

#include <optional>
#include <utility>

#include "http/curl/outcome.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {

Result<Response> exchange(Handle& handle, const Target& target, const Request& request, const Call& call,
                          const Settings& settings) {
  if (std::optional<Error> error = refusal(call)) return *std::move(error);

  CURL* const easy = handle.easy().get();
  const Method method = methodOf(request);
  RequestLines lines(request);
  Receiver receiver{easy, ResponseReader(call.maxBody)};
  CURLcode code = setFixedOptions(target.host, method, receiver, settings);
  if (code == CURLE_OK) code = setTarget(easy, requestTarget(target.host, target.parts, settings));
  if (code == CURLE_OK) code = setOwnOptions(easy, method, request.body, lines, call, settings);
  if (code == CURLE_OK && call.once) code = setConnectionUse(easy, ConnectionUse::fresh);
  if (code != CURLE_OK) return optionError();

  const std::optional<CURLcode> ended = handle.perform(call);
  if (!ended && !receiver.reader->failure()) return cancelledError();
  return outcomeOf(ended.value_or(CURLE_OK), *receiver.reader, handle.easy(), call.deadline);
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
