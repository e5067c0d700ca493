#include "jwt/jws.hpp"

#include <array>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "core/base64.hpp"
#include "test_key.hpp"

using namespace liveblocks;
using jwt::JwsVerifier;
using liveblocks_tests::sharedKey;

namespace {

const std::string goodHeader = R"({"alg":"RS256","kid":"k1","typ":"JWT"})";
const std::string goodPayload = R"({"sub":"user_1"})";

/// Header and payload as they are, base64url of what `sign` gives.
std::string assemble(const std::string& header, const std::string& payload, const char* digest = "SHA256") {
  const std::string input = header + "." + payload;
  return input + "." + base64url::encode(sharedKey().sign(input, digest));
}

std::string mint(const std::string& header, const std::string& payload = goodPayload) {
  return assemble(base64url::encode(header), base64url::encode(payload));
}

Result<std::string> open(const std::string& token) {
  static const auto key = crypto::RsaPublicKey::fromNumbers(sharedKey().modulus(), sharedKey().exponent()).value();
  static const JwsVerifier verifier({"session", "any"});
  return verifier.verifySignature(token, [](const auto&) { return key; });
}

Errc codeOf(const Result<std::string>& outcome) { return outcome ? Errc{} : outcome.error().code; }

std::string nested(int depth) {
  const auto count = static_cast<std::size_t>(depth - 1);
  return R"({"a":)" + std::string(count, '[') + std::string(count, ']') + "}";
}

std::string withPart(std::size_t index, const std::string& part) {
  std::array<std::string, 2> parts{base64url::encode(goodHeader), base64url::encode(goodPayload)};
  parts.at(index) = part;
  return assemble(parts[0], parts[1]);
}

}  // namespace

TEST_CASE("a good token is opened") {
  CHECK(open(mint(goodHeader)).value() == goodPayload);
  CHECK(open(mint(R"({"alg":"RS256"})")).value() == goodPayload);
  CHECK(open(mint(" {\n\"alg\" :\t\"RS256\"} \r\n", " { } ")).value() == " { } ");
}

TEST_CASE("a token consists of three parts") {
  const std::string token =
      GENERATE(as<std::string>(), "", "abc", "a.b", "a.b.c.d", "...", "..", ".b.c", "a..c", ".", "a.b.c.", ".a.b.c");
  CAPTURE(token);
  CHECK(codeOf(open(token)) == Errc::malformed);
}

TEST_CASE("every part is canonical base64url") {
  const std::string good = mint(goodHeader);
  const std::string header = base64url::encode(goodHeader);
  const auto token =
      GENERATE_COPY(as<std::string>(), " " + good, good + " ", good + "\n", good + "=",
                    good + "==", good + "====", "aaa.bbb.ccc", withPart(0, header + "="), withPart(0, header + "=="),
                    withPart(0, "e+30"), withPart(1, "e/30"), withPart(1, "e30="), withPart(1, "e31"),
                    withPart(1, "e3 0"), withPart(1, "e\n30"), withPart(1, "e30e3"), withPart(0, "e"));
  CAPTURE(token);
  CHECK(codeOf(open(token)) == Errc::badEncoding);
}

TEST_CASE("header and payload are one strict JSON object") {
  const std::string text =
      GENERATE(as<std::string>(), "", " ", "[]", "1", "\"x\"", "null", "true", "{", "}", "{}x", "{}{}", "{} {}",
               "/**/{}", "{}//", "{'a':1}", "{\"a\":1,}", "\xEF\xBB\xBF{}", "{\"a\":\"\xFF\"}", "{\"a\":\"\xC0\x80\"}",
               "{\"a\":\"\xED\xA0\x80\"}", "{\"a\":\"\\ud800\"}", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":1,\"b\":1}}",
               "{\"a\":NaN}", "{\"a\":01}", "{\"a\":\"\n\"}", "{\"a\":1e400}", nested(17));
  CAPTURE(text);
  if (!text.empty()) CHECK(codeOf(open(mint(goodHeader, text))) == Errc::badJson);
  if (!text.empty()) CHECK(codeOf(open(mint(text))) == Errc::badJson);
}

TEST_CASE("NUL bytes around or in the JSON are refused") {
  const std::string text = GENERATE(std::string("{}\0", 3), std::string("\0{}", 3), std::string("{\"a\":\"\0\"}", 9));
  CHECK(codeOf(open(mint(goodHeader, text))) == Errc::badJson);
  CHECK(codeOf(open(mint(text))) == Errc::badJson);
}

TEST_CASE("containers may be nested sixteen deep") {
  CHECK(open(mint(goodHeader, nested(15))));
  CHECK(open(mint(goodHeader, nested(16))));
  CHECK_FALSE(open(mint(goodHeader, nested(17))));
  CHECK(codeOf(open(mint(goodHeader, R"({"a":)" + std::string(5000, '[')))) == Errc::badJson);
}

TEST_CASE("a token may have 16 KiB") {
  const auto tokenOf = [](std::size_t size) {
    std::string header = goodHeader;
    const auto payloadSize = [&] { return size - base64url::encode(header).size() - 344; };
    if (payloadSize() % 4 == 1) header += ' ';
    return mint(header, R"({"a":")" + std::string(base64::decodedSize(payloadSize()) - 8, 'x') + "\"}");
  };
  for (const std::size_t size : {jwt::maxTokenSize - 1, jwt::maxTokenSize, jwt::maxTokenSize + 1}) {
    const std::string token = tokenOf(size);
    REQUIRE(token.size() == size);
    CHECK(codeOf(open(token)) == (size > jwt::maxTokenSize ? Errc::tokenTooLarge : Errc{}));
  }
  CHECK(codeOf(open(std::string(jwt::maxTokenSize + 1, '.'))) == Errc::tokenTooLarge);
  CHECK(codeOf(open(std::string(jwt::maxTokenSize, '.'))) == Errc::malformed);
}

TEST_CASE("a header may have 4 KiB") {
  const auto headerOf = [](std::size_t size) {
    const std::string start = R"({"alg":"RS256","x":")";
    return start + std::string(size - start.size() - 2, 'x') + "\"}";
  };
  CHECK(open(mint(headerOf(jwt::maxHeaderSize))));
  CHECK(codeOf(open(mint(headerOf(jwt::maxHeaderSize + 1)))) == Errc::malformed);
}

TEST_CASE("header parameters are judged one by one") {
  const auto [header, code] = GENERATE(table<std::string, Errc>({
      {R"({"alg":"RS256","typ":"JWT"})", Errc{}},
      {R"({"alg":"RS256","typ":"jwt"})", Errc::wrongType},
      {R"({"alg":"RS256","typ":"Jwt"})", Errc::wrongType},
      {R"({"alg":"RS256","typ":"at+jwt"})", Errc::wrongType},
      {R"({"alg":"RS256","typ":"application/jwt"})", Errc::wrongType},
      {R"({"alg":"RS256","typ":""})", Errc::wrongType},
      {R"({"alg":"RS256","typ":null})", Errc::wrongType},
      {R"({"alg":"RS256","typ":1})", Errc::wrongType},
      {R"({"alg":"RS256","typ":["JWT"]})", Errc::wrongType},
      {R"({"alg":"none","typ":"x"})", Errc::wrongType},
      {R"({})", Errc::unsupportedAlgorithm},
      {R"({"alg":"none"})", Errc::unsupportedAlgorithm},
      {R"({"alg":"None"})", Errc::unsupportedAlgorithm},
      {R"({"alg":"HS256"})", Errc::unsupportedAlgorithm},
      {R"({"alg":"RS384"})", Errc::unsupportedAlgorithm},
      {R"({"alg":"RS512"})", Errc::unsupportedAlgorithm},
      {R"({"alg":"PS256"})", Errc::unsupportedAlgorithm},
      {R"({"alg":"ES256"})", Errc::unsupportedAlgorithm},
      {R"({"alg":"EdDSA"})", Errc::unsupportedAlgorithm},
      {R"({"alg":"rs256"})", Errc::unsupportedAlgorithm},
      {R"({"alg":"RS256 "})", Errc::unsupportedAlgorithm},
      {R"({"alg":"RS256\u0000"})", Errc::unsupportedAlgorithm},
      {R"({"alg":null})", Errc::unsupportedAlgorithm},
      {R"({"alg":""})", Errc::unsupportedAlgorithm},
      {R"({"alg":1})", Errc::unsupportedAlgorithm},
      {R"({"alg":["RS256"]})", Errc::unsupportedAlgorithm},
      {R"({"ALG":"RS256"})", Errc::unsupportedAlgorithm},
      {R"({"alg":"RS256","crit":["x"],"x":1})", Errc::criticalHeader},
      {R"({"alg":"RS256","crit":[]})", Errc::criticalHeader},
      {R"({"alg":"RS256","crit":null})", Errc::criticalHeader},
      {R"({"alg":"RS256","b64":false})", Errc::criticalHeader},
      {R"({"alg":"RS256","b64":true})", Errc::criticalHeader},
      {R"({"alg":"RS256","jku":"https://evil.test","jwk":{},"x5u":"u","x5c":["c"]})", Errc{}},
      {R"({"alg":"RS256","cat":"session"})", Errc{}},
      {R"({"alg":"RS256","cat":"any"})", Errc{}},
      {R"({"alg":"RS256","cat":"other"})", Errc::wrongCategory},
      {R"({"alg":"RS256","cat":""})", Errc::wrongCategory},
      {R"({"alg":"RS256","cat":null})", Errc::wrongCategory},
      {R"({"alg":"RS256","cat":1})", Errc::wrongCategory},
      {R"({"alg":"RS256","kid":5})", Errc::malformed},
      {R"({"alg":"RS256","kid":null})", Errc::malformed},
      {R"({"alg":"RS256","kid":""})", Errc{}},
      {R"({"alg":"none","alg":"RS256"})", Errc::badJson},
      {R"({"alg":"none","\u0061lg":"RS256"})", Errc::badJson},
      {R"({"\u0061lg":"RS256"})", Errc{}},
  }));
  CAPTURE(header);
  CHECK(codeOf(open(mint(header))) == code);
}

TEST_CASE("a key id may have 256 bytes") {
  CHECK(open(mint(R"({"alg":"RS256","kid":")" + std::string(256, 'k') + "\"}")));
  CHECK(codeOf(open(mint(R"({"alg":"RS256","kid":")" + std::string(257, 'k') + "\"}"))) == Errc::malformed);
}

TEST_CASE("a signature is that of these very bytes under this very key") {
  const std::string good = mint(goodHeader);
  const std::string input = good.substr(0, good.rfind('.') + 1);
  const std::string other = mint(goodHeader, R"({"sub":"user_2"})");
  const std::string foreign =
      base64url::encode(liveblocks_tests::TestKey::rsa().sign(input.substr(0, input.size() - 1)));
  const std::string sha512 = assemble(base64url::encode(goodHeader), base64url::encode(goodPayload), "SHA512");
  const auto token =
      GENERATE_COPY(as<std::string>(), input, input + "AA", good + "A", good + "AA", good + "AAAA", input + foreign,
                    input + base64url::encode(std::string(256, '\0')), input + std::string(4000, 'A'), sha512,
                    other.substr(0, other.rfind('.')) + good.substr(good.rfind('.')));
  CHECK(codeOf(open(token)) == Errc::badSignature);
}

TEST_CASE("a bad header is refused before a key is looked for, a bad payload after the signature") {
  const JwsVerifier verifier(jwt::HeaderRules{});
  int asked = 0;
  const auto find = [&](const auto&) -> Result<std::shared_ptr<const crypto::RsaPublicKey>> {
    ++asked;
    return Error{Errc::unknownKey, {}};
  };
  CHECK(codeOf(verifier.verifySignature(mint(R"({"alg":"none"})"), find)) == Errc::unsupportedAlgorithm);
  CHECK(asked == 0);
  CHECK(codeOf(verifier.verifySignature(mint(goodHeader, "no JSON"), find)) == Errc::unknownKey);
  CHECK(asked == 1);
  CHECK(codeOf(open(mint(goodHeader, "no JSON") + "AA")) == Errc::badSignature);
}

TEST_CASE("a header that was accepted before is accepted again, and only that") {
  const JwsVerifier verifier(jwt::HeaderRules{});
  const auto key = crypto::RsaPublicKey::fromNumbers(sharedKey().modulus(), sharedKey().exponent()).value();
  std::vector<std::string> ids;
  const auto find = [&](const std::optional<std::string>& id) -> Result<std::shared_ptr<const crypto::RsaPublicKey>> {
    ids.push_back(id.value_or("none"));
    return key;
  };
  for (const char* id : {"k1", "k1", "k2", "k1"}) {
    CHECK(verifier.verifySignature(mint(std::string(R"({"alg":"RS256","kid":")") + id + "\"}"), find));
  }
  CHECK(verifier.verifySignature(mint(R"({"alg":"RS256"})"), find));
  CHECK_FALSE(verifier.verifySignature(mint(R"({"alg":"none"})"), find));
  CHECK(ids == std::vector<std::string>{"k1", "k1", "k2", "k1", "none"});
}

TEST_CASE("no single flipped bit leaves a token valid") {
  const std::string good = mint(goodHeader);
  REQUIRE(open(good));
  std::size_t accepted = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string token = good;
      token[at] = static_cast<char>(token[at] ^ (1 << bit));
      if (open(token)) ++accepted;
    }
  }
  CHECK(accepted == 0);
}

TEST_CASE("no single inserted or removed byte leaves a token valid") {
  const std::string good = mint(goodHeader);
  REQUIRE(open(good));
  std::size_t accepted = 0;
  for (std::size_t at = 0; at <= good.size(); ++at) {
    for (const char byte : {'A', '_', '=', '.', ' ', '\n', '\0', 'w', '\x80'}) {
      if (open(std::string(good).insert(at, 1, byte))) ++accepted;
    }
    if (at < good.size() && open(std::string(good).erase(at, 1))) ++accepted;
  }
  CHECK(accepted == 0);
}

TEST_CASE("many threads open tokens with different headers, and look for the keys that they name") {
  const std::array<std::string, 2> ids{"a", "b"};
  const auto tokenOf = [](const std::string& id) { return mint(R"({"alg":"RS256","kid":")" + id + "\"}"); };
  const std::array<std::string, 2> tokens{tokenOf(ids[0]), tokenOf(ids[1])};
  const auto key = crypto::RsaPublicKey::fromNumbers(sharedKey().modulus(), sharedKey().exponent()).value();
  const JwsVerifier verifier(jwt::HeaderRules{});
  std::atomic<int> opened{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (std::size_t i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (std::size_t n = 0; n < 400; ++n) {
        // Each header comes several times in a row, so that it is also recognized.
        const std::size_t which = (i + n / 3) % 2;
        bool isNamed = false;
        const auto find = [&](const std::optional<std::string>& id) {
          isNamed = id == ids.at(which);
          return Result<std::shared_ptr<const crypto::RsaPublicKey>>(key);
        };
        opened += verifier.verifySignature(tokens.at(which), find) && isNamed ? 1 : 0;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(opened == 3200);
}
