/// Waiting for a response.
#pragma once

#include <chrono>
#include <string>

#include "raw_client.hpp"
#include "time.hpp"

namespace soak {

/// A socket gives up after 10 s. That may be too soon where there are not enough processors.
inline std::string receivePatiently(liveblocks_tests::RawClient& socket) {
  const Moment begin = Clock::now();
  std::string response = socket.receive();
  for (int i = 1; i <= 8 && response.empty() && Clock::now() - begin > std::chrono::seconds(9 * i); ++i) {
    response = socket.receive();
  }
  return response;
}

}  // namespace soak
