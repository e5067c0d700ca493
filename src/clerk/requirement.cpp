#include <liveblocks/clerk/requirement.hpp>

#include <utility>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

constexpr std::int64_t hour = 60;
constexpr std::int64_t day = 24 * hour;

}  // namespace

Reverification Reverification::strictMfa() noexcept { return {Level::multiFactor, 10}; }

Reverification Reverification::strict() noexcept { return {Level::secondFactor, 10}; }

Reverification Reverification::moderate() noexcept { return {Level::secondFactor, hour}; }

Reverification Reverification::lax() noexcept { return {Level::secondFactor, day}; }

Requirement::Requirement() = default;

bool Requirement::isEmpty() const noexcept { return !role_ && !permission_ && !feature_ && !plan_ && !reverification_; }

Requirement& Requirement::role(std::string value) & {
  role_ = std::move(value);
  return *this;
}

Requirement Requirement::role(std::string value) && { return std::move(role(std::move(value))); }

Requirement& Requirement::permission(std::string value) & {
  permission_ = std::move(value);
  return *this;
}

Requirement Requirement::permission(std::string value) && { return std::move(permission(std::move(value))); }

Requirement& Requirement::feature(std::string value) & {
  feature_ = std::move(value);
  return *this;
}

Requirement Requirement::feature(std::string value) && { return std::move(feature(std::move(value))); }

Requirement& Requirement::plan(std::string value) & {
  plan_ = std::move(value);
  return *this;
}

Requirement Requirement::plan(std::string value) && { return std::move(plan(std::move(value))); }

Requirement& Requirement::reverification(Reverification value) & {
  reverification_ = value;
  return *this;
}

Requirement Requirement::reverification(Reverification value) && { return std::move(reverification(value)); }

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
