#include <liveblocks/clerk/accepted_issuers.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

AcceptedIssuers::AcceptedIssuers() = default;

AcceptedIssuers::AcceptedIssuers(std::string only) {
  if (!only.empty()) issuers_.push_back(std::move(only));
}

AcceptedIssuers::AcceptedIssuers(std::string_view only) : AcceptedIssuers(std::string(only)) {}

AcceptedIssuers::AcceptedIssuers(const char* only) : AcceptedIssuers(std::string(only == nullptr ? "" : only)) {}

AcceptedIssuers::AcceptedIssuers(std::initializer_list<std::string> issuers)
    : AcceptedIssuers(std::vector<std::string>(issuers)) {}

AcceptedIssuers::AcceptedIssuers(std::vector<std::string> issuers) : issuers_(std::move(issuers)) {
  if (std::any_of(issuers_.begin(), issuers_.end(), [](const std::string& issuer) { return issuer.empty(); })) {
    throw std::invalid_argument("the list of issuers contains an empty entry");
  }
}

bool AcceptedIssuers::empty() const noexcept { return issuers_.empty(); }

const std::vector<std::string>& AcceptedIssuers::values() const noexcept { return issuers_; }

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
