#include "clerk/session_judge.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "clerk/session_content.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr std::array<std::string_view, 2> sessionCategories{"cl_B7d4PD111AAA", "cl_I7d4PD111III"};

}  // namespace

bool isSessionCategory(std::string_view category) noexcept {
  return std::find(sessionCategories.begin(), sessionCategories.end(), category) != sessionCategories.end();
}

SessionJudge::SessionJudge(const KeyOrigin& origin, const VerifierOptions& options)
    : clock_(options.clock ? options.clock : std::make_shared<const Clock>()),
      keys_(origin, options.keyCache, clock_, options.log),
      jws_({sessionCategories.begin(), sessionCategories.end()}) {}

Result<SessionClaims> SessionJudge::judge(std::string_view token, const SessionRules& rules,
                                          const SessionCircumstances& circumstances,
                                          std::optional<Deadline> deadline) const {
  auto payload = open(token, deadline);
  if (!payload) return payload.error();
  const auto session = std::make_shared<SessionClaims::State>(*std::move(payload));
  if (auto problem = rules.read(*session, circumstances)) return *std::move(problem);
  return SessionClaims(session);
}

Result<std::string> SessionJudge::open(std::string_view token, std::optional<Deadline> deadline) const {
  return jws_.open(token, [&](const SessionKeys::KeyId& keyId) { return keys_.find(keyId, deadline); });
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
