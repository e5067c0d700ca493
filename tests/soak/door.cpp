#include "door.hpp"

#include <algorithm>
#include <utility>

#include <liveblocks/core/error.hpp>
#include <liveblocks/http/message.hpp>

#include "call_id.hpp"
#include "keys.hpp"

namespace soak {
namespace {

namespace http = liveblocks::http;

/// The library may count the age of keys from a little earlier.
constexpr milliseconds keyAgeSlack{1000};
/// Longer than any call.
constexpr std::chrono::seconds kept{60};
/// Longer than keys are used.
constexpr std::chrono::seconds keptKeys{120};
constexpr Moment never = (Moment::max)();

template <class Record>
void endRecord(std::deque<Record>& records, std::uint64_t id, std::chrono::seconds keep) {
  const Moment now = Clock::now();
  for (Record& record : records) {
    if (record.id == id) record.time.end = now;
  }
  while (!records.empty() && records.front().time.end < now - keep) records.pop_front();
}

template <class Record>
Record& recordOf(std::deque<Record>& records, std::uint64_t id) {
  return *std::find_if(records.begin(), records.end(), [&](const Record& record) { return record.id == id; });
}

bool isRepeatable(const liveblocks::Result<http::Response>& outcome) {
  using liveblocks::Errc;
  if (outcome) return outcome->status == 429 || outcome->status >= 500;
  const Errc code = outcome.error().code;
  return code == Errc::connect || code == Errc::reset || code == Errc::timeout;
}

}  // namespace

class Door::RecordingTransport : public http::Transport {
 public:
  RecordingTransport(std::shared_ptr<http::Transport> inner, Door& door) : inner_(std::move(inner)), door_(door) {}

  liveblocks::Result<http::Response> send(const http::Request& request, const http::Call& call) override {
    return inner_->send(request, call);
  }

  bool start(http::Request& request, const http::Call& call, Completion& done) override {
    Exchange exchange{door_.exchanges_.begin(), Service::tokens, callIdIn(request.body), Clock::now(), call};
    const std::size_t users = request.url.find("/v1/users/");
    if (users != std::string::npos) {
      exchange.service = Service::users;
      exchange.subject = request.url.substr(request.url.rfind('/') + 1);
    } else if (request.method == "GET") {
      exchange.service = Service::keys;
    }
    request.headers.push_back({exchangeHeader, std::to_string(exchange.id)});
    door_.begin(exchange);
    Completion recorded = [&door = door_, exchange, done = std::move(done)](Outcome outcome) {
      door.end(exchange, outcome);
      done(std::move(outcome));
      door.used(exchange);
    };
    return inner_->start(request, call, recorded);
  }

  std::shared_ptr<http::Scheduler> scheduler() const override { return inner_->scheduler(); }
  bool isStopped() const noexcept override { return inner_->isStopped(); }

 private:
  const std::shared_ptr<http::Transport> inner_;
  Door& door_;
};

std::shared_ptr<http::Transport> Door::record(std::shared_ptr<http::Transport> transport) {
  return std::make_shared<RecordingTransport>(std::move(transport), *this);
}

void Door::begin(const Exchange& exchange) {
  const std::lock_guard lock(mutex_);
  if (exchange.service == Service::keys) beginRecord(keyFetches_, exchange, true);
  if (exchange.service == Service::users) beginRecord(lookUps_[exchange.subject], exchange, caching_ == Caching::on);
}

template <class Record>
void Door::beginRecord(std::deque<Record>& records, const Exchange& exchange, bool isShared) {
  const auto isOpen = [](const Record& record) { return record.cameAt == never; };
  if (isShared && std::any_of(records.begin(), records.end(), isOpen)) {
    ledger_.problem(describe(exchange), "one such exchange at a time", "two");
  }
  Record record;
  record.id = exchange.id;
  record.time = {exchange.begin, never};
  records.push_back(std::move(record));
}

void Door::end(const Exchange& exchange, const Outcome& outcome) {
  exchanges_.end(exchange, outcome);
  if (!outcome || outcome->status >= 429) disturbances_.add({exchange.begin, Clock::now()});
  const std::lock_guard lock(mutex_);
  switch (exchange.service) {
    case Service::keys:
      return endKeys(exchange, outcome);
    case Service::users:
      return endUser(exchange, outcome);
    case Service::tokens:
      return endToken(exchange, outcome);
  }
}

void Door::endKeys(const Exchange& exchange, const Outcome& outcome) {
  KeyFetch& fetch = recordOf(keyFetches_, exchange.id);
  if (outcome && outcome->status == 200 && outcome->body.front() == '{') {
    fetch.isGood = true;
    fetch.keyIds = keyIdsOf(outcome->body);
  }
  fetch.cameAt = Clock::now();
}

void Door::endUser(const Exchange& exchange, const Outcome& outcome) {
  const bool isAnswer = outcome && (outcome->status == 404 || (outcome->status == 200 && outcome->body.front() == '{'));
  LookUp& lookUp = recordOf(lookUps_.at(exchange.subject), exchange.id);
  lookUp.hasFailed = !isAnswer;
  lookUp.cameAt = Clock::now();
}

void Door::used(const Exchange& exchange) {
  const std::lock_guard lock(mutex_);
  if (exchange.service == Service::keys) endRecord(keyFetches_, exchange.id, keptKeys);
  if (exchange.service == Service::users) endRecord(lookUps_.at(exchange.subject), exchange.id, kept);
}

void Door::endToken(const Exchange& exchange, const Outcome& outcome) {
  TokenAttempt attempt;
  attempt.end = Clock::now();
  attempt.isRepeatable = isRepeatable(outcome);
  if (outcome) {
    attempt.status = outcome->status;
    attempt.body = outcome->body;
    if (http::findHeader(*outcome, "Retry-After")) attempt.retryAfter = std::chrono::seconds(1);
  }
  attempts_[exchange.subject].push_back(std::move(attempt));
}

KeyKnowledge Door::knowKey(const std::string& keyId, std::optional<Moment> publishedSince, const Stretch& call) const {
  const std::lock_guard lock(mutex_);
  // What the library may have used: the last set before the call, and all that came since.
  const KeyFetch* before = nullptr;
  std::vector<const KeyFetch*> used;
  for (const KeyFetch& fetch : keyFetches_) {
    if (!fetch.isGood || fetch.cameAt > call.end) continue;
    if (fetch.time.end > call.begin) {
      used.push_back(&fetch);
    } else {
      before = &fetch;
    }
  }
  if (before != nullptr) used.push_back(before);
  const auto holdsKey = [&](const KeyFetch* fetch) {
    return std::find(fetch->keyIds.begin(), fetch->keyIds.end(), keyId) != fetch->keyIds.end();
  };
  KeyKnowledge knowledge;
  const bool isAlive = before != nullptr && call.end - before->time.begin < staleIfError - keyAgeSlack;
  knowledge.isSure = isAlive && std::all_of(used.begin(), used.end(), holdsKey);
  knowledge.isExcluded = std::none_of(used.begin(), used.end(), holdsKey);
  knowledge.isObtainable = publishedSince && *publishedSince < call.begin && isObtainable(call);
  return knowledge;
}

bool Door::isObtainable(const Stretch& call) const {
  const KeyFetch* last = nullptr;
  for (const KeyFetch& fetch : keyFetches_) {
    if (fetch.time.begin > call.end) continue;
    const bool isDuring = fetch.time.end >= call.begin;
    // A fetch that began before the key was published may end without it, and the next one has to wait.
    if (isDuring && (!fetch.isGood || fetch.time.begin < call.begin)) return false;
    if (!isDuring) last = &fetch;
  }
  return last == nullptr || (last->isGood && last->time.begin < call.begin - cooldown);
}

UserKnowledge Door::knowUser(const std::string& userId, const Stretch& call) const {
  const std::lock_guard lock(mutex_);
  const auto found = lookUps_.find(userId);
  if (found == lookUps_.end()) return {};
  const bool mayHaveFailed = std::any_of(found->second.begin(), found->second.end(), [&](const LookUp& lookUp) {
    return lookUp.hasFailed && lookUp.time.overlaps(call);
  });
  return {mayHaveFailed};
}

std::vector<TokenAttempt> Door::takeAttempts(const std::string& callId) {
  const std::lock_guard lock(mutex_);
  const auto found = attempts_.find(callId);
  if (found == attempts_.end()) return {};
  std::vector<TokenAttempt> attempts = std::move(found->second);
  attempts_.erase(found);
  return attempts;
}

void Door::forgetCalls() {
  const std::lock_guard lock(mutex_);
  attempts_.clear();
}

}  // namespace soak
