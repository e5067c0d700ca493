// Signatures that were computed by other implementations.
#include "catch.hpp"
#include "fixture.hpp"

using namespace webhooks_tests;
using liveblocks::Errc;

namespace {

/// With one character too many, as in the documentation of `WebhookHandler`.
const std::string liveblocksSecret = "whsec_sFOoBaR78ZZNyOl0TxbObFZWeo3rLg+dA";
const std::string otherSecret = "whsec_2KvOJ6yK9FO0hElL0JYkM3jPwBs";
const std::string userEntered =
    R"({"data":{"projectId":"605a50b01a36d5ea7a2e9104","connectionId":2196,"enteredAt":"2023-01-27T20:08:40.693Z",)"
    R"("numActiveUsers":2,"roomId":"hero-grid-12-01-2022","userId":"iepRYL2EWVHx8IcKVqhvZ6xljn","userInfo":null},)"
    R"("type":"userEntered"})";
const std::string ydocUpdated = R"({"data":{"appId":"605a50b01a36d5ea7a2e9104","roomId":"hero-grid-12-01-2022",)"
                                R"("updatedAt":"2023-01-27T20:27:48.744Z"},"type":"ydocUpdated"})";
const std::string goodSignature = "D+zyI0362fee2ih7m4kszqc8dKxU3sg20YvdI96UrgM=";

webhooks::Verifier verifierOf(const std::string& signingSecret, std::int64_t now) {
  webhooks::VerifierOptions options = optionsAt(now);
  options.secrets = {signingSecret};
  return webhooks::Verifier(options);
}

}  // namespace

TEST_CASE("Liveblocks webhooks with known signatures are accepted only with their secret") {
  const auto [signer, id, timestamp, body, signature] =
      GENERATE(table<std::string, std::string, std::int64_t, std::string, std::string>({
          {liveblocksSecret, "msg_2KvLUhLIHZtzZnNgUWv3PhGYf5f", 1674850126, userEntered,
           "gopme/11zjuw4Iw58NMlNm/ywlJVJNrQ1dBKef3kFms="},
          {otherSecret, "msg_2KvLUhLIHZtzZnNgUWv3PhGYf5f", 1674850126, userEntered,
           "MwMHeusjjJyY3x9jHuy0MvECDbFEClmYYsi2li7o/os="},
          {liveblocksSecret, "msg_2KvOK6yK9FO0U0nIyJYkM3jPwBs", 1674851522, ydocUpdated,
           "OCQZwkzj/XWeTFdy2p5vyjFyZAjpal5Nzq7CiVuitvA="},
          {liveblocksSecret, "msg_1", 1700000000, R"({"type":"commentReactionAdded","data":{"emoji":"👍"}})",
           "bNAslCaQXxXyFFVOouxrznJ5UolexQI7e7uhYzDnC6Y="},
      }));
  CAPTURE(body);
  const Delivery delivery{"webhook-", id, std::to_string(timestamp), body, "v1," + signature};
  const auto message = verify(verifierOf(signer, timestamp), delivery).value();
  CHECK(message.id == id);
  CHECK(message.timestamp == at(timestamp));
  CHECK(message.body == body);
  const std::string& another = signer == otherSecret ? liveblocksSecret : otherSecret;
  CHECK(verify(verifierOf(another, timestamp), delivery).error().code == Errc::badWebhookSignature);
}

TEST_CASE("during a rotation Liveblocks sends signatures with the old and the new secret") {
  const Delivery delivery{
      "webhook-", "msg_2KvLUhLIHZtzZnNgUWv3PhGYf5f", "1674850126", userEntered,
      "v1,gopme/11zjuw4Iw58NMlNm/ywlJVJNrQ1dBKef3kFms= v1,MwMHeusjjJyY3x9jHuy0MvECDbFEClmYYsi2li7o/os="};
  const std::string either = GENERATE(as<std::string>(), liveblocksSecret, otherSecret);
  CHECK(verify(verifierOf(either, 1674850126), delivery));
}

TEST_CASE("a Clerk webhook with a known signature is accepted, with and without the prefix of the secret") {
  const std::string signingSecret = GENERATE(std::string(secret), std::string(secret.substr(6)));
  const Delivery delivery{"svix-", "msg_1", "1735689600", R"({"type":"user.created","data":{"id":"user_1"}})",
                          "v1," + goodSignature};
  CHECK(verify(verifierOf(signingSecret, sentAt), delivery));
}

TEST_CASE("a changed delivery matches no signature") {
  Delivery delivery;
  const int part = GENERATE(range(0, 3));
  if (part == 0) delivery.body += " ";
  if (part == 1) delivery.id = "msg_2";
  if (part == 2) delivery.timestamp = "1735689601";
  CHECK(verify(delivery).error().code == Errc::badWebhookSignature);
}

TEST_CASE("one valid entry among the signatures suffices, and only version 1 counts") {
  const auto [signatures, accepted] = GENERATE_COPY(table<std::string, bool>({
      {"v1," + goodSignature, true},
      {"v1,bad v1," + goodSignature, true},
      {"v1," + goodSignature + " v1,bad", true},
      {"v2,x  v1," + goodSignature, true},
      {" v1," + goodSignature + " ", true},
      {"v2," + goodSignature, false},
      {"v1a," + goodSignature, false},
      {"V1," + goodSignature, false},
      {"," + goodSignature, false},
      {goodSignature, false},
      {"v1,bad,v1," + goodSignature, false},
      {"v1," + goodSignature + ",x", false},
      {"v1,bad\tv1," + goodSignature, false},
      {"v1, " + goodSignature, false},
      {"v1", false},
      {"v1,", false},
      {"v1,abc", false},
      {"v1," + goodSignature.substr(0, goodSignature.size() - 1), false},
      {"v1,D-zyI0362fee2ih7m4kszqc8dKxU3sg20YvdI96UrgM=", false},
  }));
  CAPTURE(signatures);
  Delivery delivery;
  delivery.signatures = signatures;
  const auto message = verify(delivery);
  REQUIRE(static_cast<bool>(message) == accepted);
  if (!accepted) CHECK(message.error().code == Errc::badWebhookSignature);
}

TEST_CASE("the body is not parsed") {
  const std::string body = GENERATE(std::string(), "not json", "null", std::string("\0\xFF", 2));
  Delivery delivery;
  delivery.body = body;
  CHECK(verify(delivery.signedAgain()).value().body == body);
}
