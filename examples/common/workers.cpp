#include "common/workers.hpp"

#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

namespace examples {
namespace {

constexpr std::size_t stackBytes = std::size_t{8} << 20;

}  // namespace

Workers::Workers(std::size_t count) {
  threads_.reserve(count);
  try {
    while (threads_.size() < count) start();
  } catch (const std::system_error& error) {
    const std::string started = std::to_string(threads_.size());
    Workers::shutdown();
    throw std::runtime_error("only " + started + " of " + std::to_string(count) + " workers start: " + error.what());
  }
}

Workers::~Workers() { Workers::shutdown(); }

Workers::Taken Workers::enqueue(std::function<void()> job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  changed_.notify_one();
  return Taken(true);
}

void Workers::shutdown() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  changed_.notify_all();
  for (const pthread_t thread : std::exchange(threads_, {})) pthread_join(thread, nullptr);
}

void* Workers::run(void* workers) {
  static_cast<Workers*>(workers)->work();
  return nullptr;
}

void Workers::start() {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stackBytes);
  pthread_t thread{};
  const int error = pthread_create(&thread, &attributes, &Workers::run, this);
  pthread_attr_destroy(&attributes);
  if (error != 0) throw std::system_error(error, std::generic_category());
  threads_.push_back(thread);
}

void Workers::work() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return over_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    const std::function<void()> job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job();
  }
}

}  // namespace examples
