#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/adapters/message_text.hpp>
#include <liveblocks/adapters/request_body.hpp>
#include <liveblocks/adapters/request_head.hpp>

#include "fuzz_input.hpp"
#include "fuzz_target.hpp"

using namespace liveblocks::adapters::detail;

namespace {

constexpr std::size_t maxHead = 8192;
constexpr std::size_t maxBody = 512;

struct Outcome {
  BodyProgress progress = BodyProgress::more;
  std::string body;
  std::string rest;
};

/// Hands the input over in pieces of that size.
Outcome readBody(std::string_view input, std::optional<std::size_t> length, std::size_t pieceSize) {
  RequestBodyReader reader(length, maxBody);
  Outcome outcome;
  do {
    const std::string_view piece = input.substr(0, pieceSize);
    input.remove_prefix(piece.size());
    outcome.rest += piece;
    outcome.progress = reader.read(outcome.rest);
  } while (outcome.progress == BodyProgress::more && !input.empty());
  outcome.rest += input;
  outcome.body = reader.body();
  return outcome;
}

/// The same body comes out of many pieces as out of one.
void checkBody(const RequestHead& head, std::string_view input) {
  const auto length = head.isChunked ? std::nullopt : std::optional(head.length);
  const Outcome whole = readBody(input, length, std::max<std::size_t>(input.size(), 1));
  const Outcome pieces = readBody(input, length, 1);
  fuzzing::require(whole.body.size() <= maxBody && whole.progress == pieces.progress);
  if (whole.progress != BodyProgress::complete) return;
  fuzzing::require(whole.body == pieces.body && whole.rest == pieces.rest);
  fuzzing::require(head.isChunked || whole.body == input.substr(0, head.length));
}

std::size_t count(const RequestHead& head, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(head.request.headers.begin(), head.request.headers.end(),
                    [&](const auto& field) { return equalsIgnoringCase(field.first, name); }));
}

void checkHead(const RequestHead& head) {
  fuzzing::require(isToken(head.request.method) && head.request.url.front() == '/');
  fuzzing::require(!hasControlCharacter(head.request.url) && head.request.url.find('\t') == std::string::npos);
  for (const auto& [name, value] : head.request.headers) {
    fuzzing::require(isToken(name) && fuzzing::isHeaderValue(value));
  }
  fuzzing::require(count(head, "host") <= 1 && count(head, "content-length") + count(head, "transfer-encoding") <= 1);
  fuzzing::require(!head.isUpgrade || !head.hasBody());
}

/// What is handed to the server is read as the same request, without framing of the client's.
void checkForwarded(const RequestHead& head) {
  const std::string text = requestText(head, "key");
  RequestHead again;
  const auto refusal = RequestHeadReader::read(text, again);
  const std::size_t fields = head.request.headers.size();
  if (refusal) {
    // HTTP/1.0 needs no host, and one more field may be one too many.
    fuzzing::require(count(head, "host") == 0 || fields >= 199);
    return;
  }
  fuzzing::require(again.request.method == head.request.method && again.request.url == head.request.url);
  fuzzing::require(!again.hasBody() && count(again, RequestStates::header()) == 1);
  fuzzing::require(again.isUpgrade == head.isUpgrade && again.request.headers.size() <= fields + 1);
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  const std::string host = " HTTP/1.1\r\nHost: app.example.com\r\n";
  return {
      "GET /a?b=c" + host + "Cookie: __session=a.b.c\r\nAccept:  text/html \r\n\r\n",
      "POST /auth" + host + "Content-Length: 5\r\nConnection: keep-alive, close\r\n\r\nhelloGET / HTTP/1.1\r\n",
      "\r\nPOST /auth" + host + "Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nA: b\r\n\r\nrest",
      "GET /live" + host + "Upgrade: websocket\r\nConnection: x, Upgrade\r\n\r\n",
      "PUT /" + host + "Expect: 100-continue\r\nContent-Length: 0\r\n\r\n",
      "GET / HTTP/1.0\r\nX: y\r\n\r\n"};
}

/// Whatever a client sends: a head that is read is one for every other reader, with one framing, and so is what a
/// server gets of it; a body is the same however it arrives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string input(fuzzing::view(data, size));
  skipEmptyLines(input);
  const std::size_t end = endOfHead(input, maxHead);
  if (end == 0 || end > input.size()) return 0;
  for (std::size_t part = 0; part < end; ++part) {
    const std::size_t early = endOfHead(std::string_view(input).substr(0, part), maxHead);
    fuzzing::require(early == 0 || early > maxHead);
  }
  RequestHead head;
  if (const auto refusal = RequestHeadReader::read(std::string_view(input).substr(0, end), head)) {
    fuzzing::require(*refusal >= 400 && *refusal <= 505);
    return 0;
  }
  checkHead(head);
  checkForwarded(head);
  if (head.hasBody()) checkBody(head, std::string_view(input).substr(end));
  return 0;
}
