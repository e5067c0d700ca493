// What remains of a token in memory. Each block is searched when it is given back to the heap.

#include <malloc.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include <liveblocks/clerk/sessions_api.hpp>

#include "catch.hpp"
#include "core/base64.hpp"
#include "fixture.hpp"

namespace {

/// A part of the token that is nowhere else.
constexpr std::string_view signature = "signature-of-this-token-signature-of-this-token";

std::atomic<int> freedWithToken{0};

/// Zeroed, so that nothing of an earlier block is found. Null where there is no memory.
void* tryToAllocate(std::size_t size) noexcept { return std::calloc(1, size + 1); }

void* allocate(std::size_t size) {
  if (void* const memory = tryToAllocate(size)) return memory;
  throw std::bad_alloc();
}

void release(void* memory) noexcept {
  if (memory == nullptr) return;
  const std::string_view content(static_cast<const char*>(memory), malloc_usable_size(memory));
  if (content.find(signature) != std::string_view::npos) ++freedWithToken;
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return tryToAllocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return tryToAllocate(size); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }

namespace {

namespace api = liveblocks::clerk::api;
namespace http = liveblocks::http;

/// A response with a token of that session, in one buffer.
http::Response responseFor(std::string_view sessionId) {
  std::string body;
  body.reserve(1024);
  const std::string payload = liveblocks::base64url::encode(R"({"sid":")" + std::string(sessionId) + "\"}");
  body.append(R"({"jwt":"e30.)").append(payload).append(".").append(signature).append("\"}");
  http::Response response;
  response.status = 200;
  response.body = std::move(body);
  return response;
}

}  // namespace

TEST_CASE_METHOD(liveblocks_tests::ApiFixture, "a token of a session leaves nothing behind in memory") {
  const std::string answered = GENERATE("sess_1", "sess_2");
  transport->setHandler([answered](const http::Request&, const http::Call&) { return responseFor(answered); });
  const int before = freedWithToken;
  {
    const auto token = call(api::createSessionToken("sess_1"));
    CHECK(token.ok() == (answered == "sess_1"));
    if (token) CHECK(token->reveal().substr(token->reveal().size() - signature.size()) == signature);
  }
  CHECK(freedWithToken == before);
}

TEST_CASE("a block that still holds a token is noticed") {
  const int before = freedWithToken;
  { const http::Response response = responseFor("sess_1"); }
  CHECK(freedWithToken == before + 1);
}
