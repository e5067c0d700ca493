#include "trouble.hpp"

#include <thread>

#include "door.hpp"

namespace soak {
namespace {

constexpr milliseconds tick{20};
/// All keys that the library has are too old by then.
constexpr milliseconds longOutage = staleIfError + std::chrono::seconds(5);

void refuse(const Round& round, Upstream& upstream, Exchanges& exchanges, milliseconds time) {
  exchanges.refusals().open();
  upstream.refuse();
  round.pause(time);
  upstream.accept();
  exchanges.refusals().close();
}

void suffer(const Round& round, Upstream& upstream, const Weather& weather, milliseconds time) {
  upstream.setWeather(weather);
  round.pause(time);
  upstream.setWeather({});
}

Weather outageOf(Service service, Fate fate) {
  Weather weather;
  weather.of(service) = {100, {fate}};
  return weather;
}

/// All services fail in any way, this often.
Weather flapping(unsigned percent) {
  Weather weather;
  for (Weather::Of& service : weather.services) service.percent = percent;
  return weather;
}

}  // namespace

void Round::pause(milliseconds time) const {
  const Moment end = Clock::now() + time;
  while (goesOn() && Clock::now() < end) std::this_thread::sleep_for(tick);
}

void letItStorm(const Round& round, Upstream& upstream, Exchanges& exchanges, Ledger& ledger, Dice& dice) {
  while (round.goesOn()) {
    round.pause(milliseconds(dice.between(100, 1500)));
    const milliseconds time(dice.between(100, 2500));
    const auto service = static_cast<Service>(dice.below(serviceCount));
    const std::size_t choice = dice.below(100);
    if (choice < 5 && round.left() > longOutage) {
      ledger.count("outages until all keys were too old");
      suffer(round, upstream, outageOf(Service::keys, dice.pick(badFates())), longOutage);
    } else if (choice < 25) {
      ledger.count("outages by refused connections");
      refuse(round, upstream, exchanges, time);
    } else if (choice < 60) {
      ledger.count("outages of one service");
      suffer(round, upstream, outageOf(service, dice.pick(badFates())), time);
    } else {
      ledger.count("times of a flapping upstream");
      suffer(round, upstream, flapping(static_cast<unsigned>(dice.between(5, 80))), time);
    }
  }
}

void rotateKeys(const Round& round, KeyRing& keys, Ledger& ledger, Dice& dice) {
  while (round.goesOn()) {
    round.pause(milliseconds(dice.between(300, 5000)));
    const bool overlaps = dice.percent(50);
    const auto wait = [&] { round.pause(milliseconds(overlaps ? dice.between(500, 5000) : 0)); };
    keys.publishNext();
    wait();
    keys.signWithNewest();
    wait();
    keys.dropOld();
    ledger.count(overlaps ? "rotations with an overlap" : "rotations at once");
  }
}

void watchProcessors(const Round& round, Starvation& starvation) {
  while (round.goesOn()) {
    starvation.look();
    std::this_thread::sleep_for(tick);
  }
}

}  // namespace soak
