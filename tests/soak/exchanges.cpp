#include "exchanges.hpp"

#include <algorithm>
#include <utility>

#include <liveblocks/core/error.hpp>

#include "options.hpp"

namespace soak {
namespace {

/// A shorter time may end although nothing is wrong.
constexpr milliseconds ampleTime{1000};

std::string describe(const std::vector<Served>& served) {
  if (served.empty()) return "a response: the upstream has not seen the request, and has refused nothing";
  return "what the upstream did, fate " + std::to_string(static_cast<int>(served.back().fate)) + " and status " +
         std::to_string(served.back().status);
}

}  // namespace

std::string describe(const Exchange& exchange) {
  static constexpr const char* names[] = {"keys", "user", "token"};
  return "exchange " + std::to_string(exchange.id) + " about " + names[static_cast<std::size_t>(exchange.service)] +
         " " + exchange.subject;
}

std::uint64_t Exchanges::begin() {
  const std::lock_guard lock(mutex_);
  open_[++last_];
  return last_;
}

void Exchanges::serve(std::uint64_t id, Served served) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(id);
  if (found != open_.end()) found->second.push_back(std::move(served));
}

void Exchanges::end(const Exchange& exchange, const Outcome& outcome) {
  std::vector<Served> served;
  {
    const std::lock_guard lock(mutex_);
    const auto found = open_.find(exchange.id);
    if (found == open_.end()) return ledger_.problem(describe(exchange), "one outcome", "another one");
    served = std::move(found->second);
    open_.erase(found);
  }
  const Stretch time{exchange.begin, Clock::now()};
  ledger_.count(outcome ? "exchanges with a response" : "exchanges without a response");
  // It may begin so late that its deadline has passed.
  const Moment due = std::max(exchange.begin, exchange.call.deadline);
  if (time.end > due + margin() + starvation_.within(time)) {
    ledger_.problem(describe(exchange), "an outcome by the deadline", "a later one");
  }
  if (!hasCause(exchange, served, outcome, time)) {
    ledger_.problem(describe(exchange), describe(served),
                    outcome ? "status " + std::to_string(outcome->status) : outcome.error().message);
  }
}

std::size_t Exchanges::openCount() const {
  const std::lock_guard lock(mutex_);
  return open_.size();
}

bool Exchanges::hasCause(const Exchange& exchange, const std::vector<Served>& served, const Outcome& outcome,
                         const Stretch& time) {
  if (outcome) {
    return std::any_of(served.begin(), served.end(), [&](const Served& one) {
      return isWhole(one.fate) && one.status == outcome->status && one.body == outcome->body;
    });
  }
  using liveblocks::Errc;
  const Errc code = outcome.error().code;
  if (code == Errc::cancelled) return exchange.call.cancellation.isCancelled();
  if (std::any_of(served.begin(), served.end(), [](const Served& one) { return one.fate != Fate::prompt; }))
    return true;
  if (refusals_.overlap({time.begin - milliseconds(50), time.end})) return true;
  const bool isShort = exchange.call.deadline - exchange.begin < ampleTime;
  return code == Errc::timeout && (isShort || starvation_.matters(time));
}

}  // namespace soak
