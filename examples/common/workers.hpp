/// The threads of a server.
#pragma once

#include <httplib.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace examples {

/// As `httplib::ThreadPool`, which ends the process when a thread cannot be started, or leaves it waiting for ever.
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
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;
  bool over_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace examples
