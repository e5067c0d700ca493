/// The threads of a server.
#pragma once

#include <httplib.h>
#include <pthread.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace examples {

/// As `httplib::ThreadPool`, which ends the process when a thread cannot be started, or leaves it waiting for ever, and
/// whose threads have the stacks of the platform: cpp-httplib reads some headers by `std::regex`, which takes 5 MiB for
/// one of 8 KiB. These have 8 MiB, of which no more takes memory than was used.
class Workers : public httplib::TaskQueue {
 public:
  /// Throws `std::runtime_error` when there cannot be so many.
  explicit Workers(std::size_t count);
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  /// Waits for what was begun.
  ~Workers() override;

  /// Some versions of cpp-httplib want to know whether the job was taken.
  using Taken = decltype(std::declval<httplib::TaskQueue&>().enqueue(std::function<void()>()));
  Taken enqueue(std::function<void()> job) override;

  void shutdown() override;

 private:
  static void* run(void* workers);
  void start();
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;
  bool over_ = false;
  std::vector<pthread_t> threads_;
};

}  // namespace examples
