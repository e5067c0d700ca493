#include "ledger.hpp"

#include <algorithm>

namespace soak {
namespace {

constexpr std::size_t maxProblems = 10;

}  // namespace

void Ledger::count(const std::string& what, std::size_t times) {
  const std::lock_guard lock(mutex_);
  counts_[what] += times;
}

void Ledger::measure(const std::string& what, long value) {
  const std::lock_guard lock(mutex_);
  long& highest = highest_.emplace(what, value).first->second;
  highest = std::max(highest, value);
}

void Ledger::problem(const std::string& what, const std::string& expected, const std::string& got) {
  const std::lock_guard lock(mutex_);
  isRight_ = false;
  if (problems_.size() < maxProblems) problems_.push_back(what + "\n  expected: " + expected + "\n  got:      " + got);
}

std::map<std::string, std::size_t> Ledger::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

std::map<std::string, long> Ledger::highest() const {
  const std::lock_guard lock(mutex_);
  return highest_;
}

std::vector<std::string> Ledger::problems() const {
  const std::lock_guard lock(mutex_);
  return problems_;
}

}  // namespace soak
