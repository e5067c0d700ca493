/// @file
/// How calls that complete on other threads reach the thread of the adapter of Qt HttpServer. Header-only.
#pragma once

#include <QtCore/qobject.h>

#include <functional>
#include <mutex>
#include <utility>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

/// Runs functions on the thread of an object, and none after its destruction. Thread-safe.
class QtMailbox {
 public:
  explicit QtMailbox(QObject* owner) : owner_(owner) {}

  void post(std::function<void()> function) {
    const std::lock_guard lock(mutex_);
    if (owner_ != nullptr) QMetaObject::invokeMethod(owner_, std::move(function), Qt::QueuedConnection);
  }

  void close() {
    const std::lock_guard lock(mutex_);
    owner_ = nullptr;
  }

 private:
  std::mutex mutex_;
  QObject* owner_;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
