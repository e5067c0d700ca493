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

/// Replaces `httplib::ThreadPool`, which crashes or hangs if a thread cannot be started, and whose threads have the
/// default stack size: cpp-httplib parses some headers with `std::regex`, which needs 5 MiB for a header of 8 KiB.
/// These threads have stacks of 8 MiB, of which only the used part takes memory.
class Workers : public httplib::TaskQueue {
 public:
  /// Throws `std::runtime_error` if not all threads can be started.
  explicit Workers(std::size_t count);
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  /// Waits for running jobs.
  ~Workers() override;

  /// Some versions of cpp-httplib expect a bool that tells whether the job was accepted.
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
