#include "clerk/refusal_log.hpp"

#include <cstddef>
#include <string_view>

#include "core/redactor.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::guard {
namespace {

constexpr std::size_t maxMethod = 16;
constexpr std::size_t maxPath = 256;
constexpr std::size_t maxWhy = 1024;
constexpr std::size_t maxId = 128;

std::string whyOf(const RequestState& who) {
  std::string why = who.reason();
  if (who.status() == AuthStatus::signedIn) why = "the session is pending";
  if (!who.message().empty()) why += ": " + who.message();
  return shownText(why, maxWhy);
}

}  // namespace

std::string describeRefusal(const http::RequestView& request, bool isPage, int status, const RequestState& who) {
  const std::string_view path = request.url.substr(0, request.url.find_first_of("?#"));
  const std::string what = isPage ? "page" : "call";
  const std::string how = status == 307 ? "sent to sign in" : "answered " + std::to_string(status);
  return "the guard turned a " + what + " away, " + how + ": " + shownText(request.method, maxMethod) + " \"" +
         shownText(path, maxPath) + "\" (" + whyOf(who) + ")";
}

std::string describeRefusal(int status, const RequestState& who) {
  const std::string answered = ", answered " + std::to_string(status);
  if (const auto& machine = who.machineToken()) {
    return "the guard turned \"" + shownText(machine->subject, maxId) + "\" away" + answered +
           ": a machine token fulfils no requirement; decide by its scopes and its subject";
  }
  if (!who.isAuthenticated()) return "the guard turned a request away" + answered + ": " + whyOf(who);
  return "the guard turned \"" + shownText(who.auth().userId(), maxId) + "\" away" + answered +
         ": the session does not fulfil the requirement";
}

}  // namespace clerk::guard
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
