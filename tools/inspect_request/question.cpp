#include "question.hpp"

#include "json_lines/members.hpp"

namespace inspect_request {
namespace {

using namespace json_lines;
using nlohmann::json;

/// Milliseconds since 1970, as far as the system's clock can go: often it counts nanoseconds, for 292 years.
std::chrono::system_clock::time_point readTime(const json& value) {
  using std::chrono::milliseconds;
  using std::chrono::system_clock;
  constexpr auto first = std::chrono::ceil<milliseconds>(system_clock::time_point::min().time_since_epoch()).count();
  constexpr auto last = std::chrono::floor<milliseconds>(system_clock::time_point::max().time_since_epoch()).count();
  const std::int64_t time = asInteger(value, "now");
  if (time < first || time > last) throw BadLine("\"now\" is no date that the clock can show");
  return system_clock::time_point(milliseconds(time));
}

std::string readUrl(const json& value) {
  const std::string& url = asText(value, "url");
  const bool isAbsolute = url.rfind("https://", 0) == 0 || url.rfind("http://", 0) == 0;
  if (!isAbsolute) throw BadLine("\"url\" must be absolute: it says where browsers see the application");
  return url;
}

std::vector<std::pair<std::string, std::string>> readHeaders(const json& object) {
  std::vector<std::pair<std::string, std::string>> headers;
  for (const auto& item : asObject(object, "headers").items()) {
    for (std::string& value : asTextOrTexts(item.value(), item.key()))
      headers.emplace_back(item.key(), std::move(value));
  }
  return headers;
}

CannedAnswer readAnswer(const json& object) {
  checkNames(asObject(object, "backend"), "an answer in backend", {"method", "path", "status", "body"});
  CannedAnswer answer;
  answer.method = asText(need(object, "method"), "method");
  answer.path = asText(need(object, "path"), "path");
  const std::int64_t status = asInteger(need(object, "status"), "status");
  if (status < 100 || status > 599) throw BadLine("\"status\" must lie between 100 and 599");
  answer.response = {static_cast<int>(status), {{"Content-Type", "application/json"}}, need(object, "body").dump()};
  return answer;
}

std::vector<CannedAnswer> readBackend(const json& list) {
  if (!list.is_array()) throw BadLine("\"backend\" must be a list of answers");
  std::vector<CannedAnswer> answers;
  for (const json& item : list) answers.push_back(readAnswer(item));
  return answers;
}

}  // namespace

Question readQuestion(const json& line) {
  checkNames(line, "a line", {"id", "now", "method", "url", "headers", "options", "backend"});
  if (idOf(line).is_null()) throw BadLine("\"id\" must be a string or an integer");
  Question question;
  question.method = asText(need(line, "method"), "method");
  question.url = readUrl(need(line, "url"));
  question.headers = readHeaders(need(line, "headers"));
  question.setup = readOptions(asObject(need(line, "options"), "options"));
  if (const json* const now = find(line, "now")) question.now = readTime(*now);
  if (const json* const backend = find(line, "backend")) question.backend = readBackend(*backend);
  return question;
}

}  // namespace inspect_request
