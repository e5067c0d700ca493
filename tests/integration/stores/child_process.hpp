/// Programs and folders that a test starts and removes.
#pragma once

#include <fcntl.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace store_tests {

/// The user who owns the servers of a test: one without privileges if the test has them, as PostgreSQL demands.
struct ServerUser {
  static std::optional<ServerUser> whenRoot() {
    if (::geteuid() != 0) return std::nullopt;
    const passwd* const nobody = ::getpwnam("nobody");  // NOLINT(concurrency-mt-unsafe)
    if (nobody == nullptr) throw std::runtime_error("there is no user nobody");
    return ServerUser{nobody->pw_uid, nobody->pw_gid};
  }

  uid_t user;
  gid_t group;
};

/// A new folder, which belongs to the user of servers.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = "/tmp/liveblocks-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), name);
    path_ = name;
    const auto owner = ServerUser::whenRoot();
    if (owner && ::chown(name.c_str(), owner->user, owner->group) != 0) {
      throw std::system_error(errno, std::generic_category(), name);
    }
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

/// A program that is killed when this object or this thread ends. Its input is open until `release()`.
class ChildProcess {
 public:
  /// With a log, the output goes there; otherwise `readLine()` returns it.
  explicit ChildProcess(std::vector<std::string> words, const std::string& log = {},
                        std::optional<ServerUser> user = std::nullopt) {
    if (::pipe2(input_.data(), O_CLOEXEC) != 0 || ::pipe2(output_.data(), O_CLOEXEC) != 0) fail("pipe");
    const int logFile = log.empty() ? -1 : ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ < 0) fail("fork");
    if (pid_ == 0) {
      const bool isDemoted = !user || (::setgid(user->group) == 0 && ::setuid(user->user) == 0);
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      ::dup2(input_[0], STDIN_FILENO);
      ::dup2(logFile < 0 ? output_[1] : logFile, STDOUT_FILENO);
      if (logFile >= 0) ::dup2(logFile, STDERR_FILENO);
      if (isDemoted) ::execv(arguments[0], arguments.data());
      ::_exit(127);
    }
    if (logFile >= 0) ::close(logFile);
    closeEnd(input_[0]);
    closeEnd(output_[1]);
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::kill(pid_, SIGCONT);
      wait();
    }
    for (int& end : input_) closeEnd(end);
    for (int& end : output_) closeEnd(end);
  }

  pid_t pid() const noexcept { return pid_; }
  void signal(int number) const {
    if (::kill(pid_, number) != 0) fail("kill");
  }
  /// Closes the input of the program.
  void release() { closeEnd(input_[1]); }

  /// The status of `waitpid()`.
  int wait() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    pid_ = 0;
    return status;
  }
  bool hasEnded() {
    int status = 0;
    if (pid_ > 0 && ::waitpid(pid_, &status, WNOHANG) == pid_) pid_ = 0;
    return pid_ == 0;
  }

  /// Nothing at the end of the output.
  std::optional<std::string> readLine() {
    for (;;) {
      const auto end = text_.find('\n');
      if (end != std::string::npos) {
        std::string line = text_.substr(0, end);
        text_.erase(0, end + 1);
        return line;
      }
      std::array<char, 4096> bytes{};
      const ssize_t count = ::read(output_[0], bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return std::nullopt;
      text_.append(bytes.data(), static_cast<std::size_t>(count));
    }
  }

 private:
  [[noreturn]] static void fail(const char* call) { throw std::system_error(errno, std::generic_category(), call); }
  static void closeEnd(int& descriptor) {
    if (descriptor >= 0) ::close(descriptor);
    descriptor = -1;
  }

  std::array<int, 2> input_{-1, -1};
  std::array<int, 2> output_{-1, -1};
  pid_t pid_ = 0;
  std::string text_;
};

/// What a program wrote into its log.
inline std::string readLog(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace store_tests
