/// @file
/// How adapters read the body of a request themselves: strictly, and up to a limit. Header-only.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters::detail {

enum class BodyProgress { more, complete, invalid, tooLarge };

/// Takes a body out of what has been received (RFC 9112 section 7.1).
class RequestBodyReader {
 public:
  /// The length is nullopt for a chunked body.
  explicit RequestBodyReader(std::optional<std::size_t> length, std::size_t limit)
      : part_(length ? Part::sized : Part::chunkSize), remaining_(length.value_or(0)), limit_(limit) {}

  /// Removes from the input what belongs to the body. Bytes that follow a complete body stay.
  BodyProgress read(std::string& input) {
    std::size_t at = 0;
    const BodyProgress progress = readFrom(input, at);
    input.erase(0, at);
    return progress;
  }

  bool isComplete() const { return part_ == Part::complete; }
  std::string& body() { return body_; }

 private:
  enum class Part { sized, chunkSize, chunkData, chunkEnd, trailers, complete };

  BodyProgress readFrom(std::string_view input, std::size_t& at) {
    if (remaining_ > limit_ - body_.size()) return BodyProgress::tooLarge;
    while (part_ != Part::complete) {
      const bool isData = part_ == Part::sized || part_ == Part::chunkData;
      const BodyProgress progress = isData ? readData(input, at) : readLine(input, at);
      if (progress != BodyProgress::complete) return progress;
    }
    return BodyProgress::complete;
  }

  BodyProgress readData(std::string_view input, std::size_t& at) {
    const std::size_t size = (std::min)(remaining_, input.size() - at);
    body_.append(input.substr(at, size));
    at += size;
    remaining_ -= size;
    if (remaining_ != 0) return BodyProgress::more;
    part_ = part_ == Part::sized ? Part::complete : Part::chunkEnd;
    return BodyProgress::complete;
  }

  BodyProgress readLine(std::string_view input, std::size_t& at) {
    const std::size_t end = input.find('\n', at);
    const std::size_t size = (end == std::string_view::npos ? input.size() : end) - at;
    if (size > maxLine) return BodyProgress::invalid;
    if (end == std::string_view::npos) return BodyProgress::more;
    if (size == 0 || input[end - 1] != '\r') return BodyProgress::invalid;
    const std::string_view line = input.substr(at, size - 1);
    if (line.find('\r') != std::string_view::npos) return BodyProgress::invalid;
    at = end + 1;
    return interpret(line);
  }

  BodyProgress interpret(std::string_view line) {
    if (part_ == Part::chunkEnd) {
      part_ = Part::chunkSize;
      return line.empty() ? BodyProgress::complete : BodyProgress::invalid;
    }
    if (part_ == Part::trailers) {
      if (line.empty()) part_ = Part::complete;
      trailers_ += line.size();
      return trailers_ <= maxTrailers ? BodyProgress::complete : BodyProgress::invalid;
    }
    if (!readSize(line.substr(0, line.find(';')))) return BodyProgress::invalid;
    if (remaining_ > limit_ - body_.size()) return BodyProgress::tooLarge;
    part_ = remaining_ == 0 ? Part::trailers : Part::chunkData;
    return BodyProgress::complete;
  }

  bool readSize(std::string_view digits) {
    constexpr std::string_view hex = "0123456789abcdef0123456789ABCDEF";
    constexpr std::size_t maxDigits = 8;
    if (digits.empty() || digits.size() > maxDigits) return false;
    return std::all_of(digits.begin(), digits.end(), [this, hex](char digit) {
      const std::size_t value = hex.find(digit);
      remaining_ = remaining_ * 16 + value % 16;
      return value != std::string_view::npos;
    });
  }

  static constexpr std::size_t maxLine = 1024;
  static constexpr std::size_t maxTrailers = 8192;

  Part part_;
  std::size_t remaining_;
  std::size_t limit_;
  std::size_t trailers_ = 0;
  std::string body_;
};

}  // namespace adapters::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
