#include <liveblocks/clerk/machine_token.hpp>

#include <string_view>

#include "clerk/machine_subject.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

std::string withPrefix(const std::string& subject, std::string_view prefix) {
  return ascii::startsWith(subject, prefix) ? subject : std::string();
}

}  // namespace

std::string MachineToken::userId() const { return withPrefix(subject, "user_"); }

std::string MachineToken::orgId() const { return withPrefix(subject, "org_"); }

std::string MachineToken::machineId() const { return withPrefix(subject, machineSubjectPrefix); }

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
