#include "catch.hpp"
#include "fixture.hpp"

using namespace webhooks_tests;
using liveblocks::Errc;

TEST_CASE("a delivery is accepted under the header names of both families, in any case") {
  Delivery delivery;
  delivery.family = GENERATE("webhook-", "svix-", "Webhook-", "SVIX-");
  CHECK(verify(delivery));
}

TEST_CASE("a delivery is accepted 5 minutes before and after its timestamp, and no second longer") {
  const auto [offset, code] = GENERATE(table<int, Errc>({{-301, Errc::webhookTooNew},
                                                         {-300, Errc{}},
                                                         {0, Errc{}},
                                                         {300, Errc{}},
                                                         {301, Errc::webhookTooOld},
                                                         {86400, Errc::webhookTooOld}}));
  CAPTURE(offset);
  const auto message = verify(webhooks::Verifier(optionsAt(sentAt + offset)), {});
  CHECK((message ? Errc{} : message.error().code) == code);
}

TEST_CASE("the tolerance is an option, and 0 is a value") {
  webhooks::VerifierOptions options = optionsAt(sentAt + 1);
  options.tolerance = std::chrono::seconds(0);
  CHECK(verify(webhooks::Verifier(options), {}).error().code == Errc::webhookTooOld);
  options.tolerance = std::chrono::seconds(1);
  CHECK(verify(webhooks::Verifier(options), {}));
}

TEST_CASE("the timestamp is a number in canonical digits") {
  const std::string timestamp =
      GENERATE("abc", "1735689600.7", "1735689600abc", " 1735689600", "1735689600 ", "+1735689600", "-1735689600",
               "01735689600", "0", "1.7e9", "0x6774bd00", "1735689600000000", "99999999999999999999999999");
  CAPTURE(timestamp);
  Delivery delivery;
  delivery.timestamp = timestamp;
  const auto message = verify(delivery.signedAgain());
  CHECK(message.error().code == Errc::invalidRequest);
  CHECK(message.error().message == "the header webhook-timestamp is not a number of seconds in digits");
}

TEST_CASE("errors of the headers are reported before those of the time") {
  const auto [id, timestamp, code, message] = GENERATE(table<std::string, std::string, Errc, std::string>({
      {"", "abc", Errc::invalidRequest, "missing headers: webhook-id"},
      {"msg_1", "abc", Errc::invalidRequest, "the header webhook-timestamp is not a number of seconds in digits"},
      {"msg_1", "1735689299", Errc::webhookTooOld, ""},
      {"msg_1", "1735689901", Errc::webhookTooNew, ""},
      {"msg_1", "1735689600", Errc::badWebhookSignature, ""},
  }));
  CAPTURE(id, timestamp);
  const auto refused = verify({"webhook-", id, timestamp, "not json", "v1,bad"});
  CHECK(refused.error().code == code);
  if (!message.empty()) CHECK(refused.error().message == message);
}

TEST_CASE("a timestamp in milliseconds is too new") {
  Delivery delivery;
  delivery.timestamp = "1735689600000";
  CHECK(verify(delivery.signedAgain()).error().code == Errc::webhookTooNew);
}

TEST_CASE("all missing headers, and those of white space, are named") {
  const auto [id, timestamp, signatures, names] = GENERATE(table<std::string, std::string, std::string, std::string>({
      {"", "1", "v1,a", "svix-id"},
      {" ", "1", "v1,a", "svix-id"},
      {"a", "", "v1,a", "svix-timestamp"},
      {"a", "1", "\t", "svix-signature"},
      {"", "", "", "svix-id, svix-timestamp, svix-signature"},
  }));
  const auto message = verify({"svix-", id, timestamp, "", signatures});
  CHECK(message.error().code == Errc::invalidRequest);
  CHECK(message.error().message == "missing headers: " + names);
}

TEST_CASE("without any header the standard ones are named") {
  const auto message = webhooks::Verifier(optionsAt(sentAt)).verify({"POST", "/", {}, "{}"});
  CHECK(message.error().message == "missing headers: webhook-id, webhook-timestamp, webhook-signature");
}

TEST_CASE("a header that occurs twice is refused, also with the same value") {
  const std::string name = GENERATE("webhook-id", "Webhook-Timestamp", "WEBHOOK-SIGNATURE");
  Delivery delivery;
  delivery.more = {{name, delivery.timestamp}};
  const auto message = verify(delivery);
  CHECK(message.error().code == Errc::invalidRequest);
  CHECK_THAT(message.error().message, ContainsSubstring("occurs more than once"));
}

TEST_CASE("headers of both families are refused") {
  const std::string name = GENERATE("svix-id", "svix-timestamp", "Svix-Signature");
  const std::string value = GENERATE("", "msg_1");
  Delivery delivery;
  delivery.more = {{name, value}};
  const auto message = verify(delivery);
  CHECK(message.error().code == Errc::invalidRequest);
  CHECK_THAT(message.error().message, ContainsSubstring("both families"));
}

TEST_CASE("an id has only visible characters, and no dot, which would let it extend into the timestamp") {
  const std::string id =
      GENERATE(as<std::string>(), "msg.1", ".", "msg 1", "msg_1 ", "msg\x7F", "m\xC3\xA9", std::string("m\0", 2));
  CAPTURE(id);
  Delivery delivery;
  delivery.id = id;
  CHECK(verify(delivery.signedAgain()).error().code == Errc::invalidRequest);
}

TEST_CASE("during a rotation every secret is tried") {
  webhooks::VerifierOptions options = optionsAt(sentAt);
  const std::string other = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const bool oursIsFirst = GENERATE(true, false);
  options.secrets =
      oursIsFirst ? std::vector<liveblocks::Secret>{secret, other} : std::vector<liveblocks::Secret>{other, secret};
  const webhooks::Verifier verifier(options);
  CHECK(verify(verifier, {}));
  options.secrets = {other};
  CHECK_FALSE(verify(webhooks::Verifier(options), {}));
}

TEST_CASE("a message has the position of the secret that signed it, the first of several") {
  const std::string other = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const auto [secrets, index] = GENERATE_COPY(table<std::vector<liveblocks::Secret>, std::size_t>({
      {{secret}, 0},
      {{secret, other}, 0},
      {{other, secret}, 1},
      {{other, other, secret, secret}, 2},
  }));
  webhooks::VerifierOptions options = optionsAt(sentAt);
  options.secrets = secrets;
  CHECK(verify(webhooks::Verifier(options), {}).value().secretIndex == index);
}

TEST_CASE("with several valid signatures the position of the secret counts, not that in the header") {
  const liveblocks::testing::WebhookSigner other;
  Delivery delivery;
  delivery.signatures = other.signature(delivery.id, delivery.timestamp, delivery.body) + " " + delivery.signatures;
  webhooks::VerifierOptions options = optionsAt(sentAt);
  options.secrets = {secret, other.secret()};
  CHECK(verify(webhooks::Verifier(options), delivery).value().secretIndex == 0);
}

TEST_CASE("a message has the family of its headers") {
  using webhooks::HeaderFamily;
  const auto [family, expected] = GENERATE(table<std::string, HeaderFamily>({
      {"webhook-", HeaderFamily::standard},
      {"Webhook-", HeaderFamily::standard},
      {"svix-", HeaderFamily::svix},
      {"SVIX-", HeaderFamily::svix},
  }));
  Delivery delivery;
  delivery.family = family;
  CHECK(verify(delivery).value().headerFamily == expected);
}

TEST_CASE("no error shows a signature or a part of the request") {
  Delivery delivery;
  const std::string right = delivery.signatures.substr(3);
  const std::string planted = "Planted";
  const int part = GENERATE(range(0, 4));
  if (part == 0) delivery.body = planted;
  if (part == 1) delivery.id = planted + ".";
  if (part == 2) delivery.timestamp = planted;
  if (part == 3) delivery.signatures = "v1," + planted;
  const std::string message = verify(delivery).error().message;
  CHECK_THAT(message, !ContainsSubstring(planted));
  CHECK_THAT(message, !ContainsSubstring(right));
  CHECK_THAT(message, !ContainsSubstring(sign(delivery.id, delivery.timestamp, delivery.body).substr(3)));
}
