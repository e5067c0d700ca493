/// @file
/// The end of a connection that Qt HttpServer gets: it reads complete requests from it, and writes responses into it.
/// Header-only.
#pragma once

#include <QtCore/qbytearray.h>
#include <QtNetwork/qtcpsocket.h>

#include <algorithm>
#include <functional>
#include <utility>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

/// A socket without a connection of its own.
class QtPipe : public QTcpSocket {
 public:
  /// What becomes of it. Not called any more once the connection has left.
  struct Events {
    std::function<void(const char* data, qint64 size)> written;
    std::function<void()> closed;
  };

  /// Has the addresses of a connected socket.
  QtPipe(const QTcpSocket& connection, Events events) : events_(std::move(events)) {
    setSocketState(ConnectedState);
    setOpenMode(ReadWrite | Unbuffered);
    setPeerAddress(connection.peerAddress());
    setPeerPort(connection.peerPort());
    setLocalAddress(connection.localAddress());
    setLocalPort(connection.localPort());
  }
  QtPipe(const QtPipe&) = delete;
  QtPipe& operator=(const QtPipe&) = delete;
  ~QtPipe() override { setSocketState(UnconnectedState); }

  /// Gives the server bytes to read.
  void feed(const QByteArray& bytes) {
    input_.append(bytes);
    Q_EMIT readyRead();
  }

  /// Tells the server that there is room for more.
  void acknowledge(qint64 size) { Q_EMIT bytesWritten(size); }

  /// The server destroys it then, or once it has responded.
  void leave() {
    events_ = {};
    if (state() == UnconnectedState) return;
    setSocketState(UnconnectedState);
    Q_EMIT disconnected();
  }

  qint64 bytesAvailable() const override { return QTcpSocket::bytesAvailable() + input_.size(); }
  void disconnectFromHost() override { close(); }
  void close() override {
    const auto closed = events_.closed;
    if (closed) closed();
  }

 protected:
  qint64 readData(char* data, qint64 maxSize) override {
    const qint64 size = (std::min)(maxSize, static_cast<qint64>(input_.size()));
    std::copy_n(input_.constData(), size, data);
    input_.remove(0, size);
    return size;
  }

  qint64 writeData(const char* data, qint64 size) override {
    const auto written = events_.written;
    if (written) written(data, size);
    return size;
  }

 private:
  Events events_;
  QByteArray input_;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
