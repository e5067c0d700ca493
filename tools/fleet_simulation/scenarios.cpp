#include "scenarios.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <future>
#include <string>
#include <thread>
#include <utility>

namespace fleet {
namespace {

using liveblocks::testing::ClerkIssuer;
using std::chrono::minutes;
using Rows = std::vector<Row>;

/// The first key of Clerk, and its successor.
struct Keys {
  ClerkIssuer first{"clerk.example.com", "ins_first"};
  ClerkIssuer second{"clerk.example.com", "ins_second"};
};

const Keys& keys() {
  static const Keys made;
  return made;
}

/// The time between two requests to an instance while nothing happens.
constexpr milliseconds quiet = seconds(20);

/// A fleet that has run for a while, and has fetched its keys at any time within the last five minutes.
class SteadyFleet : public Fleet {
 public:
  explicit SteadyFleet(const FleetOptions& options) : Fleet(atFirst(options)), busy_(options.interval) {
    clerk().publish({&keys().first});
    signWith(keys().first);
    startAll(minutes(5));
    runFor(minutes(6));
  }

  void beBusy() { setInterval(busy_); }
  void beQuiet() { setInterval(quiet); }

 private:
  static FleetOptions atFirst(FleetOptions options) {
    options.interval = quiet;
    return options;
  }

  const milliseconds busy_;
};

Row rowOf(const Traffic& traffic, std::string what, nanoseconds from, nanoseconds to, Outcomes calls) {
  const auto first = static_cast<std::size_t>(from / seconds(1));
  const auto last = static_cast<std::size_t>(to / seconds(1));
  return {std::move(what),
          std::chrono::duration_cast<seconds>(to - from),
          traffic.total(first, last),
          traffic.peak(first, last, 1),
          traffic.peak(first, last, 10),
          std::move(calls)};
}

/// Lets time pass, and tells what happened to the keys meanwhile.
Row watch(Fleet& fleet, std::string what, seconds span) {
  const nanoseconds from = fleet.now();
  fleet.takeOutcomes();
  fleet.runFor(span);
  return rowOf(fleet.clerk().keyRequests(), std::move(what), from, fleet.now(), fleet.takeOutcomes());
}

/// The refresh, five minutes later, of keys that were fetched in the last minute.
Row watchRefresh(SteadyFleet& fleet) {
  fleet.beQuiet();
  fleet.runFor(seconds(170));
  return watch(fleet, "the refresh after that", minutes(3));
}

std::string describeLastFailure(const Fleet& fleet, nanoseconds since) {
  return fleet.lastFailure() > since ? "the last failure after " + inWords(fleet.lastFailure() - since) : "";
}

Rows steady(const FleetOptions& options) {
  SteadyFleet fleet(options);
  return {watch(fleet, "nothing", minutes(15))};
}

Row rotate(SteadyFleet& fleet, std::string what) {
  fleet.signWith(keys().second);
  fleet.beBusy();
  Row row = watch(fleet, std::move(what), seconds(40));
  const auto spread = fleet.spread();
  row.remark = spread ? "the last instance accepts it after " + inWords(*spread) : "not every instance accepts it";
  return row;
}

Row rotateAnnounced(const FleetOptions& options) {
  SteadyFleet fleet(options);
  fleet.clerk().publish({&keys().first, &keys().second});
  fleet.runFor(minutes(6));
  return rotate(fleet, "a key signs that was published 6 min before");
}

Rows rotateAtOnce(const FleetOptions& options) {
  SteadyFleet fleet(options);
  fleet.clerk().publish({&keys().first, &keys().second});
  Rows rows{rotate(fleet, "a key signs that is published now")};
  rows.push_back(watchRefresh(fleet));
  return rows;
}

Row withdraw(const FleetOptions& options) {
  SteadyFleet fleet(options);
  fleet.clerk().publish({&keys().second});
  Extras extras;
  extras.previous = true;
  fleet.setExtras(extras);
  Row row = rotate(fleet, "the same, the old key is withdrawn, and its tokens go on");
  row.remark = "the last instance rejects them after " + inWords(fleet.lastOfPrevious().value_or(seconds(0)));
  return row;
}

Rows rotation(const FleetOptions& options) {
  Rows rows{rotateAnnounced(options)};
  for (Row& row : rotateAtOnce(options)) rows.push_back(std::move(row));
  rows.push_back(withdraw(options));
  return rows;
}

/// Clerk is back: what happens then.
void recover(SteadyFleet& fleet, Rows& rows, const std::string& what) {
  fleet.clerk().setHealth(Clerk::Health::well);
  fleet.beBusy();
  const nanoseconds since = fleet.now();
  rows.push_back(watch(fleet, what, seconds(70)));
  rows.back().remark = describeLastFailure(fleet, since);
  rows.push_back(watchRefresh(fleet));
}

Rows shortOutage(const FleetOptions& options, Clerk::Health health, const std::string& how) {
  SteadyFleet fleet(options);
  fleet.clerk().setHealth(health);
  Rows rows{watch(fleet, how + " for 20 min", minutes(20))};
  fleet.beBusy();
  fleet.runFor(seconds(10));
  rows.push_back(watch(fleet, "it still does not, with more requests", minutes(1)));
  recover(fleet, rows, "Clerk is back");
  return rows;
}

Rows outage(const FleetOptions& options) {
  return shortOutage(options, Clerk::Health::unavailable, "Clerk responds with 503");
}

Rows silence(const FleetOptions& options) {
  return shortOutage(options, Clerk::Health::silent, "Clerk does not respond");
}

Rows longOutage(const FleetOptions& options) {
  SteadyFleet fleet(options);
  fleet.clerk().setHealth(Clerk::Health::unavailable);
  fleet.runFor(minutes(61));
  fleet.beBusy();
  fleet.runFor(seconds(10));
  Rows rows{watch(fleet, "Clerk has responded with 503 for 61 min", seconds(20))};
  recover(fleet, rows, "Clerk is back");
  return rows;
}

Rows deployWithin(const FleetOptions& options, seconds span, const std::string& how) {
  SteadyFleet fleet(options);
  fleet.startAll(span);
  Rows rows{watch(fleet, how, seconds(70))};
  rows.push_back(watchRefresh(fleet));
  return rows;
}

Rows deploy(const FleetOptions& options) {
  return deployWithin(options, minutes(1), "all instances restart within a minute");
}

Rows restart(const FleetOptions& options) {
  return deployWithin(options, seconds(1), "all instances restart within a second");
}

Rows deployInOutage(const FleetOptions& options) {
  SteadyFleet fleet(options);
  fleet.clerk().setHealth(Clerk::Health::unavailable);
  fleet.startAll(minutes(1));
  fleet.runFor(minutes(1));
  fleet.beBusy();
  fleet.runFor(seconds(10));
  Rows rows{watch(fleet, "all instances have restarted, Clerk responds with 503", seconds(20))};
  recover(fleet, rows, "Clerk is back");
  return rows;
}

Rows forgery(const FleetOptions& options) {
  SteadyFleet fleet(options);
  Extras extras;
  extras.forged = true;
  fleet.setExtras(extras);
  fleet.beBusy();
  return {watch(fleet, "each request also brings a token with an invented key id", seconds(40))};
}

Row users(const FleetOptions& options, seconds ttl, std::string what) {
  Fleet fleet(options);
  fleet.clerk().publish({&keys().first});
  fleet.signWith(keys().first);
  fleet.cacheUsers(ttl);
  Extras extras;
  extras.users = 20;
  fleet.setExtras(extras);
  fleet.startAll(minutes(5));
  fleet.runFor(minutes(5));
  fleet.setInterval(quiet);
  fleet.runFor(minutes(5));
  fleet.takeUserOutcomes();
  const nanoseconds from = fleet.now();
  fleet.runFor(minutes(10));
  return rowOf(fleet.clerk().userRequests(), std::move(what), from, fleet.now(), fleet.takeUserOutcomes());
}

Rows userLookUps(const FleetOptions& options) {
  FleetOptions atFirst = options;
  atFirst.interval = quiet;
  return {users(atFirst, seconds(0), "each instance looks up one of 20 users every 20 s, without a cache"),
          users(atFirst, minutes(5), "the same, cached for 5 min"),
          users(atFirst, minutes(60), "the same, cached for 1 h")};
}

}  // namespace

const std::vector<Scenario>& scenarios() {
  static const std::vector<Scenario> all{
      {"steady", steady},          {"rotation", rotation}, {"outage", outage},   {"silence", silence},
      {"long-outage", longOutage}, {"deploy", deploy},     {"restart", restart}, {"deploy-in-outage", deployInOutage},
      {"forgery", forgery},        {"users", userLookUps}};
  return all;
}

std::vector<Row> runAll(const std::vector<Scenario>& wanted, const FleetOptions& options) {
  std::vector<std::promise<Rows>> results(wanted.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < wanted.size(); i = next++) {
      try {
        results[i].set_value(wanted[i].run(options));
      } catch (...) {
        results[i].set_exception(std::current_exception());
      }
    }
  };
  std::vector<std::future<void>> workers(std::max(std::thread::hardware_concurrency(), 1U));
  for (auto& worker : workers) worker = std::async(std::launch::async, work);
  for (auto& worker : workers) worker.get();
  Rows rows;
  for (auto& result : results) {
    for (Row& row : result.get_future().get()) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace fleet
