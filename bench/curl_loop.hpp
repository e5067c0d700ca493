/// What is indispensable for requests in flight at the same time: libcurl's multi interface on epoll.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <curl/curl.h>

#include <liveblocks/http/message.hpp>

namespace liveblocks_bench {

/// Sends requests over handles that keep their connections and their options, and keeps the headers of responses. For
/// one thread. Linux.
class CurlLoop {
 public:
  /// All requests have the URL and the headers of this one.
  explicit CurlLoop(liveblocks::http::Request request);
  CurlLoop(const CurlLoop&) = delete;
  CurlLoop& operator=(const CurlLoop&) = delete;
  ~CurlLoop();

  /// Sends so many requests, with bodies that `makeBody` returns. Throws `std::runtime_error` if one fails.
  template <class MakeBody>
  void send(std::size_t count, std::size_t inFlight, MakeBody makeBody) {
    while (transfers_.size() < inFlight) addTransfer();
    std::size_t left = count;
    std::size_t running = 0;
    for (; running < inFlight && left > 0; ++running, --left) begin(*transfers_[running], makeBody());
    while (running > 0) {
      wait();
      while (Transfer* const ended = takeEnded()) {
        if (left > 0) {
          --left;
          begin(*ended, makeBody());
        } else {
          --running;
        }
      }
    }
  }

 private:
  struct Transfer {
    CURL* easy = nullptr;
    std::string requestBody;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
  };

  static int onSocket(CURL* easy, curl_socket_t socket, int what, void* self, void* isKnown);
  static int onTimer(CURLM* multi, long milliseconds, void* self);
  static std::size_t onHeader(char* line, std::size_t size, std::size_t count, void* transfer);
  static std::size_t onBody(char* bytes, std::size_t size, std::size_t count, void* transfer);

  void addTransfer();
  void begin(Transfer& transfer, std::string body);
  void wait();
  /// Removes it from the loop; null if none has ended.
  Transfer* takeEnded();

  liveblocks::http::Request request_;
  curl_slist* headers_ = nullptr;
  int epoll_;
  CURLM* multi_;
  std::optional<long> timeout_;
  std::vector<std::unique_ptr<Transfer>> transfers_;
};

}  // namespace liveblocks_bench
