/// @file
/// A connection of the store of webhook ids in Redis. Header-only.
#pragma once

#include <fcntl.h>
#include <hiredis/hiredis.h>
#include <poll.h>
#include <pthread.h>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/adapters/connection_pool.hpp>
#include <liveblocks/core/clock.hpp>
#include <liveblocks/core/error.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

/// Keeps this thread from the signal SIGPIPE, which hiredis does not prevent when a connection was closed.
class NoSigpipe {
 public:
  NoSigpipe() {
    ::sigemptyset(&pipe_);
    ::sigaddset(&pipe_, SIGPIPE);
    isBlocked_ = !isPending() && ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_) == 0;
  }
  NoSigpipe(const NoSigpipe&) = delete;
  NoSigpipe& operator=(const NoSigpipe&) = delete;
  ~NoSigpipe() {
    if (!isBlocked_) return;
    int taken = 0;
    if (isPending()) ::sigwait(&pipe_, &taken);
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  static bool isPending() {
    sigset_t pending;
    ::sigemptyset(&pending);
    ::sigpending(&pending);
    return ::sigismember(&pending, SIGPIPE) == 1;
  }

  sigset_t pipe_{};
  sigset_t before_{};
  bool isBlocked_ = false;
};

/// Sends commands and reads their replies until a deadline. Not thread-safe.
class RedisConnection {
 public:
  /// Takes over a context that is connected.
  explicit RedisConnection(redisContext* context) : context_(context) {
    const int flags = ::fcntl(context_->fd, F_GETFL);
    isIntact_ = flags >= 0 && ::fcntl(context_->fd, F_SETFL, flags | O_NONBLOCK) == 0;
    context_->flags &= ~REDIS_BLOCK;
  }

  bool isIntact() const noexcept { return isIntact_; }
  bool isQuiet() const { return !waitFor(context_->fd, POLLIN, Deadline()); }

  /// Returns the integer of the reply, or -1 for a status.
  Result<long long> ask(const std::vector<std::string_view>& words, Deadline deadline) {
    if (!isIntact_) return broken();
    isIntact_ = false;
    if (const auto sent = send(words, deadline); !sent) return sent.error();
    const Result<Reply> reply = receive(deadline);
    if (!reply) return reply.error();
    if ((*reply)->type == REDIS_REPLY_ERROR) return refused({(*reply)->str, static_cast<std::size_t>((*reply)->len)});
    if ((*reply)->type != REDIS_REPLY_INTEGER && (*reply)->type != REDIS_REPLY_STATUS) return notRedis();
    isIntact_ = context_->reader->pos == context_->reader->len;
    return (*reply)->type == REDIS_REPLY_INTEGER ? (*reply)->integer : -1;
  }

 private:
  struct Free {
    void operator()(redisContext* context) const noexcept { ::redisFree(context); }
    void operator()(redisReply* reply) const noexcept { ::freeReplyObject(reply); }
  };
  using Reply = std::unique_ptr<redisReply, Free>;

  static Error broken() { return {Errc::reset, "the connection to Redis broke"}; }
  static Error notRedis() { return {Errc::upstream, "the reply is none of Redis"}; }

  /// Names the kind of an error only: the rest of its text may repeat words of the command.
  static Error refused(std::string_view text) {
    const std::size_t end = std::min(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), text.size());
    return {Errc::upstream, "Redis refused a command: " + std::string(text.substr(0, end))};
  }

  Result<void> send(const std::vector<std::string_view>& words, Deadline deadline) {
    std::vector<const char*> starts;
    std::vector<std::size_t> sizes;
    for (const std::string_view word : words) {
      starts.push_back(word.data());
      sizes.push_back(word.size());
    }
    const int count = static_cast<int>(words.size());
    if (::redisAppendCommandArgv(context_.get(), count, starts.data(), sizes.data()) != REDIS_OK) {
      return Error{Errc::internal, "hiredis failed"};
    }
    for (;;) {
      int isDone = 0;
      {
        const NoSigpipe guard;
        if (::redisBufferWrite(context_.get(), &isDone) != REDIS_OK) return broken();
      }
      if (isDone != 0) return {};
      if (!waitFor(context_->fd, POLLOUT, deadline)) return storeTimeout();
    }
  }

  Result<Reply> receive(Deadline deadline) {
    for (;;) {
      void* reply = nullptr;
      if (::redisGetReplyFromReader(context_.get(), &reply) != REDIS_OK) return notRedis();
      if (reply != nullptr) return Reply(static_cast<redisReply*>(reply));
      if (!waitFor(context_->fd, POLLIN, deadline)) return storeTimeout();
      if (::redisBufferRead(context_.get()) != REDIS_OK) return broken();
    }
  }

  std::unique_ptr<redisContext, Free> context_;
  bool isIntact_ = false;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
