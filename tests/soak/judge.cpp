#include "judge.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "options.hpp"
#include "upstream.hpp"

namespace soak {
namespace {

using nlohmann::json;

constexpr const char* notValid = "The session is not valid";
constexpr const char* noSession = "There is no valid session";
constexpr const char* anyText = "";
/// What a call may end too early, and a shorter time than which may end although nothing is wrong.
constexpr milliseconds slack{10};
constexpr milliseconds ampleCallTime{1000};
constexpr std::size_t maxAttempts = 3;
/// The longest wait between two attempts, and some more.
constexpr milliseconds longestWait{700};

bool isGone(const Call& call) { return call.userId.rfind(goneUser, 0) == 0; }

bool mayBeAccepted(const Call& call) { return call.token == Token::valid || call.token == Token::retired; }

/// What a token is refused with that has been verified.
std::string refusalOf(Token token) {
  if (token == Token::expired) return "The session has expired";
  return token == Token::none ? noSession : notValid;
}

std::string describe(const std::vector<Verdict>& verdicts) {
  std::string text;
  for (const Verdict& verdict : verdicts) {
    text += (text.empty() ? "" : ", or ") + std::to_string(verdict.status);
    if (!verdict.text.empty()) text += " with '" + verdict.text + "'";
  }
  return text.empty() ? "a token: Clerk would have given the key" : text;
}

std::string describe(const KeyKnowledge& key) {
  std::string text;
  if (key.isSure) text += ", the library had the key";
  if (key.isExcluded) text += ", the library did not have the key";
  if (key.isObtainable) text += ", the key could be fetched";
  return text;
}

bool hasToken(const TokenAttempt& attempt) {
  return attempt.status == 200 && attempt.body.rfind(R"({"token":")", 0) == 0;
}

}  // namespace

void Judge::judge(const Call& call, const Answer& answer, Door& door) const {
  const Attempts attempts = door.takeAttempts(call.id);
  ledger_.count("responses " + std::to_string(answer.status));
  checkTime(call, answer);
  const KeyKnowledge key = door.knowKey(call.keyId, keys_.publishedSince(call.keyId), answer.time);
  const Verdicts verdicts = permitted(call, answer, door, key, attempts);
  const bool isPermitted = std::any_of(verdicts.begin(), verdicts.end(), [&](const Verdict& verdict) {
    return verdict.status == answer.status && answer.body.find(verdict.text) != std::string::npos;
  });
  if (!isPermitted) {
    return ledger_.problem(describe(call) + describe(key), describe(verdicts),
                           std::to_string(answer.status) + " " + answer.body);
  }
  if (answer.status == 200) {
    try {
      checkToken(call, answer, door);
    } catch (const json::exception&) {
      ledger_.problem(describe(call), "a token that tells what was asked for", answer.body);
    }
  }
  if (answer.status == 503 && !answer.isCancelled) checkAttempts(call, answer, attempts);
}

void Judge::checkTime(const Call& call, const Answer& answer) const {
  const auto late = std::chrono::duration_cast<milliseconds>(answer.time.end - answer.deadline);
  const milliseconds starved = late > milliseconds(0) ? exchanges_.starvation().within(answer.time) : milliseconds(0);
  ledger_.measure("ms after its deadline the latest response came", late.count());
  ledger_.measure("ms of that without waiting for a processor", (late - starved).count());
  if (late <= margin() + starved) return;
  ledger_.problem(describe(call), "a response by the deadline", "one " + std::to_string(late.count()) + " ms later");
}

bool Judge::mayBeTooLate(const Answer& answer, const Door& door) const {
  const bool isShort = answer.deadline - answer.time.begin < ampleCallTime;
  return isShort || door.wasDisturbed(answer.time) || exchanges_.starvation().matters(answer.time);
}

Judge::Verdicts Judge::permitted(const Call& call, const Answer& answer, const Door& door, const KeyKnowledge& key,
                                 const Attempts& attempts) const {
  if (call.content == Content::get) return {{405, anyText}};
  if (call.content == Content::tooLarge) return {{413, anyText}};
  Verdicts verdicts;
  if (answer.isCancelled) verdicts.push_back({503, anyText});
  if (answer.time.end >= answer.deadline - slack && mayBeTooLate(answer, door)) verdicts.push_back({503, anyText});
  if (call.keyId.empty() || call.token == Token::unsigned_) {
    verdicts.push_back({401, refusalOf(call.token)});
    return verdicts;
  }
  const bool mustBeThere = key.isSure || (key.isObtainable && !exchanges_.starvation().matters(answer.time));
  ledger_.count(mustBeThere ? "calls whose key was certain" : "calls whose key was not certain");
  if (!mustBeThere) {
    verdicts.push_back({401, notValid});
    verdicts.push_back({503, anyText});
  }
  if (!mayBeAccepted(call)) verdicts.push_back({401, refusalOf(call.token)});
  if (mayBeAccepted(call) && !key.isExcluded) addIdentified(verdicts, call, answer, door, attempts);
  return verdicts;
}

void Judge::addIdentified(Verdicts& verdicts, const Call& call, const Answer& answer, const Door& door,
                          const Attempts& attempts) const {
  if (isGone(call)) verdicts.push_back({401, noSession});
  const bool mayBeUnknown = door.knowUser(call.userId, answer.time).mayHaveFailed;
  if (!isGone(call) || mayBeUnknown || exchanges_.starvation().matters(answer.time)) {
    addContent(verdicts, call, attempts);
  }
}

void Judge::addContent(Verdicts& verdicts, const Call& call, const Attempts& attempts) {
  switch (call.content) {
    case Content::pattern:
      return verdicts.push_back({403, "There is no such room"});
    case Content::foreignRoom:
    case Content::noRoom:
      return verdicts.push_back({403, "This is not your room"});
    case Content::roomIsNumber:
    case Content::noJson:
      return verdicts.push_back({400, "bad_request"});
    default:
      break;
  }
  if (attempts.empty()) return verdicts.push_back({200, "a token that Liveblocks was asked for"});
  const TokenAttempt& last = attempts.back();
  if (hasToken(last)) return verdicts.push_back({200, last.body});
  // 429 is the one status that is passed on as it is.
  if (last.status == 429) return verdicts.push_back({429, anyText});
  verdicts.push_back({503, anyText});
}

void Judge::checkToken(const Call& call, const Answer& answer, const Door& door) const {
  const json content = json::parse(json::parse(answer.body).at("token").get<std::string>());
  const json request = json::parse(content.at("request").get<std::string>());
  const json permissions{{call.room, json::array({"*:write"})}};
  if (request.at("userId") != call.userId || request.at("permissions") != permissions) {
    ledger_.problem(describe(call), "a token of this user for " + permissions.dump(), request.dump());
  }
  const json named{{"name", nameOf(call.userId)}, {"avatar", avatarOf(call.userId)}};
  const json unnamed{{"name", call.userId}};
  const json& info = request.at("userInfo");
  if (info == named) return;
  const bool mayBeUnnamed = door.knowUser(call.userId, answer.time).mayHaveFailed;
  if (info == unnamed && (mayBeUnnamed || exchanges_.starvation().matters(answer.time))) return;
  ledger_.problem(describe(call), named.dump(), info.dump());
}

void Judge::checkAttempts(const Call& call, const Answer& answer, const Attempts& attempts) const {
  if (attempts.empty() || attempts.size() >= maxAttempts || !attempts.back().isRepeatable) return;
  const milliseconds wait =
      std::max(longestWait, milliseconds(attempts.back().retryAfter.value_or(std::chrono::seconds(0))));
  if (attempts.back().end + wait + slack >= answer.deadline || exchanges_.starvation().matters(answer.time)) return;
  ledger_.problem(describe(call), "another attempt to get a token",
                  "none after " + std::to_string(attempts.size()) + ", the last one with status " +
                      std::to_string(attempts.back().status));
}

}  // namespace soak
