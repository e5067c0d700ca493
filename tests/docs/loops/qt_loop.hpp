// The code that docs/async.md shows for Qt.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include <QCoreApplication>
#include <QEvent>
#include <QSocketNotifier>
#include <QThread>
#include <QTimer>

#include <liveblocks/http/event_loop.hpp>

// async.md Qt: begin
/// The loop of the Qt application, for one transport. Make it on the application's thread. Qt 5.10 or later.
class QtLoop : public liveblocks::http::EventLoop, public std::enable_shared_from_this<QtLoop> {
 public:
  QtLoop() {
    timer_.setSingleShot(true);
    timer_.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer_, &QTimer::timeout, &context_, [this] {
      if (const auto listener = listener_.lock()) listener->onTimer();
    });
    QObject::connect(qApp, &QCoreApplication::aboutToQuit, &context_, [this] { close(); });
  }

  void attach(std::weak_ptr<Listener> listener) override { listener_ = std::move(listener); }

  void post(std::function<void()> function) override {
    const auto run = [weak = weak_from_this(), function = std::move(function)] {
      const auto self = weak.lock();
      if (self && self->isOpen_) function();
    };
    QMetaObject::invokeMethod(&context_, run, Qt::QueuedConnection);
  }

  void watch(Socket socket, liveblocks::http::SocketEvents events) override {
    if (!isOpen_) return;
    setNotifier({socket, QSocketNotifier::Read}, events.readable);
    setNotifier({socket, QSocketNotifier::Write}, events.writable);
  }

  void setTimer(std::optional<liveblocks::Deadline> when) override {
    if (!isOpen_ || !when) return timer_.stop();
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*when - std::chrono::steady_clock::now());
    timer_.start(std::max(left, std::chrono::milliseconds(0)));
  }

  bool isLoopThread() const noexcept override { return QThread::currentThread() == context_.thread(); }

 private:
  using Key = std::pair<Socket, QSocketNotifier::Type>;

  /// Tells the listener without a slot, which would need moc.
  class Notifier : public QSocketNotifier {
   public:
    Notifier(const Key& key, std::weak_ptr<Listener> listener)
        : QSocketNotifier(key.first, key.second), listener_(std::move(listener)) {}

   protected:
    bool event(QEvent* event) override {
      if (event->type() != QEvent::SockAct) return QSocketNotifier::event(event);
      const auto listener = isEnabled() ? listener_.lock() : nullptr;
      if (listener) listener->onReady(static_cast<Socket>(socket()), {type() == Read, type() == Write});
      return true;
    }

   private:
    std::weak_ptr<Listener> listener_;
  };

  void setNotifier(const Key& key, bool isWanted) {
    const auto found = notifiers_.find(key);
    if (isWanted && found == notifiers_.end()) {
      notifiers_.emplace(key, new Notifier(key, listener_));
    } else if (!isWanted && found != notifiers_.end()) {
      found->second->setEnabled(false);
      found->second->deleteLater();  // Perhaps it is telling the listener just now.
      notifiers_.erase(found);
    }
  }

  void close() {
    if (!std::exchange(isOpen_, false)) return;
    timer_.stop();
    while (!notifiers_.empty()) setNotifier(notifiers_.begin()->first, false);
    if (const auto listener = listener_.lock()) listener->onClosed();
  }

  bool isOpen_ = true;
  std::weak_ptr<Listener> listener_;
  QObject context_;
  QTimer timer_;
  std::map<Key, Notifier*> notifiers_;
};
// async.md Qt: end
