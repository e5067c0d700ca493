#include <liveblocks/clerk/session_verifier.hpp>

#include "fuzz_target.hpp"

using namespace liveblocks;

std::vector<std::string> fuzzing::seeds() {
  return {"Bearer a.b.c\n__session=d.e.f", "\n__session=d.e.f; __session_abcdefgh=g.h.i",
          "basic abc\na=b;  __session = \"x\" ; __session=%41%2E",
          "bearer\t a.b.c \n; ; =;__session=", "Bearer a b\n__session"};
}

/// Whatever the first line as `Authorization` and the rest as `Cookie` hold, a token that is found comes from there.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::string_view header = std::string_view(input).substr(0, input.find('\n'));
  const std::string_view cookies = std::string_view(input).substr(std::min(header.size() + 1, input.size()));
  for (const char* key : {"", "pk_test_Y2xlcmsuZXhhbXBsZS5jb20k"}) {
    const auto token = clerk::findSessionToken({"GET", "/", {{"Authorization", header}, {"Cookie", cookies}}}, key);
    if (!token) continue;
    fuzzing::require(!token->text.empty());
    if (token->carrier == clerk::SessionToken::Carrier::header) {
      fuzzing::require(header.find(token->text) != std::string_view::npos);
    } else {
      fuzzing::require(cookies.find("__session") != std::string_view::npos && token->text.size() <= cookies.size());
    }
  }
  return 0;
}
