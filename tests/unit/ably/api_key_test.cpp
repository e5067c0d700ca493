#include "ably/signing.hpp"

#include <stdexcept>

#include <liveblocks/ably/jwt_signer.hpp>
#include <liveblocks/ably/token_request_signer.hpp>

#include "catch.hpp"

namespace ably = liveblocks::ably;

TEST_CASE("an API key consists of a public name and a secret that is not decoded") {
  const ably::detail::ApiKey key("tstApp.keyTwo:A-b_C=d+E/f0");
  CHECK(key.name() == "tstApp.keyTwo");
  CHECK(key.secret() == "A-b_C=d+E/f0");
  CHECK(ably::detail::ApiKey("\"tstApp.keyTwo:A-b_C=d+E/f0\"\n").secret() == "A-b_C=d+E/f0");
}

TEST_CASE("a key that is not appId.keyId:secret is refused by the signers") {
  const std::string text = GENERATE(as<std::string>(), "", "app.key", "app.key:", ":hush", "app.key:hush:x",
                                    "app.key:hush.x", "\"app.key:hush", "app .key:hush", "app.key:hu sh",
                                    "app.key:hush\x01", "app.key:hush\x7F", "app.key:h\u00FCsh", "app\u00A0.key:hush",
                                    "appkey:hush", ".key:hush", "app.:hush", "app.key.more:hush", "hush");
  CAPTURE(text);
  CHECK_THROWS_AS(ably::TokenRequestSigner(text), std::invalid_argument);
  CHECK_THROWS_AS(ably::JwtSigner(text), std::invalid_argument);
}

TEST_CASE("the error for an API key says what is wrong and shows nothing of the key") {
  CHECK_THROWS_WITH(ably::detail::ApiKey(""), "the Ably API key is missing (Ably 40106)");
  CHECK_THROWS_WITH(ably::detail::ApiKey("app.key:hush.x"), "the Ably API key must be appId.keyId:secret (Ably 40400)");
  CHECK_THROWS_WITH(ably::detail::ApiKey("app.key:hu\nsh"),
                    ContainsSubstring("white space") && !ContainsSubstring("hu"));
  CHECK_THROWS_WITH(ably::detail::ApiKey("ABLY_API_KEY=app.key:hush"),
                    "the Ably API key begins with \"ABLY_API_KEY=\": pass what stands after it");
}
