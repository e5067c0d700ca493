#include "run.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>

namespace liveblocks_bench {
namespace {

using Clock = std::chrono::steady_clock;

pid_t start(std::vector<std::string>& command, int output) {
  std::vector<char*> arguments(command.size() + 1, nullptr);
  std::transform(command.begin(), command.end(), arguments.begin(), [](std::string& text) { return text.data(); });
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  pid_t process = 0;
  const int error = ::posix_spawnp(&process, arguments.front(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error(command.front() + " does not start");
  return process;
}

std::string readAll(int input) {
  std::string text;
  std::array<char, 256> buffer{};
  ssize_t size = 0;
  while ((size = ::read(input, buffer.data(), buffer.size())) > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
  return text;
}

double secondsOf(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

Usage run(std::vector<std::string> command) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("cannot open a pipe");
  const auto begin = Clock::now();
  const pid_t process = start(command, ends[1]);
  ::close(ends[1]);
  Usage usage;
  usage.output = readAll(ends[0]);
  ::close(ends[0]);
  int status = 0;
  rusage used{};
  ::wait4(process, &status, 0, &used);
  usage.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  usage.cpuSeconds = secondsOf(used.ru_utime) + secondsOf(used.ru_stime);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-union-access): the interface of the C library.
  usage.peakMemory = static_cast<double>(used.ru_maxrss);
  if (status != 0) throw std::runtime_error(command.front() + " fails");
  return usage;
}

}  // namespace liveblocks_bench
