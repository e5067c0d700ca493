#include "process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "../pinning.hpp"

namespace liveblocks_bench {
namespace {

/// In the new process.
[[noreturn]] void execute(std::vector<std::string> command, const std::map<std::string, std::string>& environment,
                          unsigned cpu, int output) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  pinToCpu(cpu);
  ::dup2(output, STDOUT_FILENO);
  // NOLINTNEXTLINE(concurrency-mt-unsafe): there is one thread.
  for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> arguments(command.size() + 1, nullptr);
  std::transform(command.begin(), command.end(), arguments.begin(), [](std::string& text) { return text.data(); });
  ::execvp(arguments.front(), arguments.data());
  ::_exit(127);
}

std::string readUrl(int input) {
  std::string text;
  std::array<char, 256> buffer{};
  const std::string prefix = "ready: ";
  while (text.find(prefix) == std::string::npos || text.back() != '\n') {
    const ssize_t size = ::read(input, buffer.data(), buffer.size());
    if (size <= 0) return {};
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
  const std::size_t begin = text.find(prefix) + prefix.size();
  return text.substr(begin, text.find('\n', begin) - begin);
}

}  // namespace

Process::Process(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment,
                 unsigned cpu) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("cannot open a pipe");
  process_ = ::fork();
  if (process_ == 0) execute(command, environment, cpu, ends[1]);
  ::close(ends[1]);
  url_ = readUrl(ends[0]);
  ::close(ends[0]);
  if (!url_.empty()) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  throw std::runtime_error(command.front() + " does not start");
}

Process::~Process() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

double Process::cpuSeconds() const {
  std::ifstream file("/proc/" + std::to_string(process_) + "/stat");
  std::string text;
  std::getline(file, text);
  // The name in parentheses may contain spaces.
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::string skipped;
  constexpr int fieldsBeforeTime = 11;
  for (int i = 0; i < fieldsBeforeTime; ++i) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::size_t Process::residentBytes() const {
  std::ifstream file("/proc/" + std::to_string(process_) + "/statm");
  std::size_t pages = 0;
  file >> pages >> pages;
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace liveblocks_bench
