#include "faults.hpp"

namespace liveblocks_tests {
namespace {

struct Plan {
  std::atomic<FaultyFunction*> function{nullptr};
  std::atomic<int> way{0};
  std::atomic<bool> isLasting{false};
  std::atomic<bool> hasHappened{false};
  /// How many calls succeed before.
  std::atomic<long> left{0};
};

Plan plan;
std::atomic<long> handles{0};

std::vector<FaultyFunction*>& registry() {
  static std::vector<FaultyFunction*> functions;
  return functions;
}

}  // namespace

FaultyFunction::FaultyFunction(const char* name, int ways) : name_(name), ways_(ways) { registry().push_back(this); }

const std::vector<FaultyFunction*>& FaultyFunction::all() { return registry(); }

bool FaultyFunction::mustFail() noexcept {
  ++calls_;
  if (plan.function != this) return false;
  const long left = plan.left--;
  if (left > 0 || (left < 0 && !plan.isLasting)) return false;
  plan.hasHappened = true;
  return true;
}

std::size_t FaultyFunction::way() noexcept { return static_cast<std::size_t>(plan.way.load()); }

Fault::Fault(FaultyFunction& function, int way, std::size_t number, Want want) noexcept {
  plan.way = way;
  plan.isLasting = want == Want::lasting;
  plan.hasHappened = false;
  plan.left = static_cast<long>(number);
  plan.function = &function;
}

Fault::~Fault() { plan.function = nullptr; }

bool Fault::hasHappened() noexcept { return plan.hasHappened; }

bool Fault::isOf(std::string_view beginning) noexcept {
  const FaultyFunction* const function = plan.function;
  return function != nullptr && std::string_view(function->name()).substr(0, beginning.size()) == beginning;
}

long handlesInUse() noexcept { return handles; }

void countHandle(const void* given, long count) noexcept {
  if (given != nullptr) handles += count;
}

}  // namespace liveblocks_tests
