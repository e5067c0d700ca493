#include "testing/transport_check/received.hpp"

#include <charconv>
#include <cstddef>

#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {
namespace {

constexpr std::string_view lineEnd = "\r\n";
constexpr std::string_view headEnd = "\r\n\r\n";

/// Reads from the front of a text. What was asked for is empty, and `isShort()`, where the text ends before.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::string_view until(std::string_view end) {
    const std::size_t found = text_.find(end, position_);
    if (found == std::string_view::npos) return fail();
    const std::string_view part = text_.substr(position_, found - position_);
    position_ = found + end.size();
    return part;
  }

  std::string_view bytes(std::size_t count) {
    if (count > text_.size() - position_) return fail();
    position_ += count;
    return text_.substr(position_ - count, count);
  }

  bool isShort() const { return isShort_; }
  std::size_t position() const { return position_; }

 private:
  std::string_view fail() {
    isShort_ = true;
    return {};
  }

  std::string_view text_;
  std::size_t position_ = 0;
  bool isShort_ = false;
};

std::size_t number(std::string_view digits, int base) {
  std::size_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  return value;
}

void readHead(std::string_view head, Received& request) {
  Reader lines(head);
  Reader first(lines.until(lineEnd));
  request.method = first.until(" ");
  request.target = first.until(" ");
  if (first.isShort()) request.method = "?";
  while (lines.position() < head.size()) {
    const std::string_view line = lines.until(lineEnd);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
      request.method = "?";
      continue;
    }
    request.headers.emplace_back(line.substr(0, colon), ascii::trim(line.substr(colon + 1)));
  }
}

std::string readChunks(Reader& reader) {
  std::string body;
  while (!reader.isShort()) {
    const std::size_t size = number(reader.until(lineEnd), 16);
    if (size == 0) break;
    body += reader.bytes(size);
    reader.until(lineEnd);
  }
  while (!reader.isShort() && !reader.until(lineEnd).empty()) {
  }
  return body;
}

}  // namespace

std::vector<std::string> Received::valuesOf(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [each, value] : headers) {
    if (ascii::equalsIgnoringCase(each, name)) values.push_back(value);
  }
  return values;
}

std::optional<Received> takeRequest(std::string& bytes) {
  Reader reader(bytes);
  const std::string head = std::string(reader.until(headEnd)).append(lineEnd);
  if (reader.isShort()) return std::nullopt;
  Received request;
  readHead(head, request);
  const auto lengths = request.valuesOf("Content-Length");
  if (!request.valuesOf("Transfer-Encoding").empty()) {
    request.body = readChunks(reader);
  } else if (!lengths.empty()) {
    request.body = reader.bytes(number(lengths.front(), 10));
  }
  if (reader.isShort()) return std::nullopt;
  bytes.erase(0, reader.position());
  return request;
}

bool expectsContinue(std::string_view bytes) {
  const std::size_t end = bytes.find(headEnd);
  if (end == std::string_view::npos) return false;
  Received request;
  readHead(std::string(bytes.substr(0, end)).append(lineEnd), request);
  return !request.valuesOf("Expect").empty();
}

}  // namespace testing::transport_check
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
