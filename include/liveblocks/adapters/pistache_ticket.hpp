/// @file
/// What the adapter of Pistache adds to the response of a handler, and how it notices that there is one. Header-only.
#pragma once

#include <pistache/http_header.h>

#include <atomic>
#include <functional>
#include <ostream>
#include <string>
#include <utility>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

/// A header of a response that lives as long as its `ResponseWriter`. Pistache has one header of each name only, so all
/// that is added is a part of its value.
class PistacheTicket : public Pistache::Http::Header::Header {
 public:
  NAME("Connection")

  /// `released` is told whether the response was written, on any thread, and must not throw.
  PistacheTicket(std::string value, std::function<void(bool isWritten)> released)
      : value_(std::move(value)), released_(std::move(released)) {}
  PistacheTicket(const PistacheTicket&) = delete;
  PistacheTicket& operator=(const PistacheTicket&) = delete;
  ~PistacheTicket() override { released_(isWritten_); }

  bool isWritten() const noexcept { return isWritten_; }

  void write(std::ostream& stream) const override {
    isWritten_ = true;
    stream << value_;
  }

 private:
  std::string value_;
  std::function<void(bool)> released_;
  mutable std::atomic<bool> isWritten_{false};
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
