/// A server program that is measured.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace liveblocks_bench {

/// A program of its own, on one CPU, until this object is destroyed. Linux.
class Process {
 public:
  /// Starts it with these variables in addition to ours, and reads `ready: <url>` from its output. Throws
  /// `std::runtime_error` if it does not write that.
  Process(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment, unsigned cpu);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  /// `http://127.0.0.1:port`.
  const std::string& url() const noexcept { return url_; }

  /// The CPU time that it has used.
  double cpuSeconds() const;

  /// The memory that it occupies, shared libraries included.
  std::size_t residentBytes() const;

 private:
  std::string url_;
  pid_t process_ = 0;
};

}  // namespace liveblocks_bench
