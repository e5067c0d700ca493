#include "common/workers.hpp"

#include <stdexcept>
#include <string>
#include <system_error>

namespace examples {

Workers::Workers(std::size_t count) {
  threads_.reserve(count);
  try {
    while (threads_.size() < count) threads_.emplace_back([this] { work(); });
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
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
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
