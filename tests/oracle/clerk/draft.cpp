#include "draft.hpp"

#include <algorithm>

namespace oracle {

void Members::set(const std::string& name, std::string json) {
  const auto found = std::find_if(members_.begin(), members_.end(), [&](const auto& m) { return m.first == name; });
  if (found == members_.end()) {
    add(name, std::move(json));
  } else {
    found->second = std::move(json);
  }
}

void Members::remove(const std::string& name) {
  members_.erase(std::remove_if(members_.begin(), members_.end(), [&](const auto& m) { return m.first == name; }),
                 members_.end());
}

void Members::add(const std::string& name, std::string json) { members_.emplace_back(name, std::move(json)); }

std::string Members::text() const {
  std::string result = "{";
  for (const auto& [name, json] : members_) {
    if (result.size() > 1) result += ",";
    result.append("\"").append(name).append("\":").append(json);
  }
  return result + "}";
}

void randomOrganization(Draft& draft, const std::function<std::size_t(std::size_t)>& below) {
  const auto pick = [&](std::initializer_list<const char*> choices) {
    return *(choices.begin() + below(choices.size()));
  };
  const auto list = [&](std::size_t most, const auto& element) {
    std::string text;
    for (std::size_t i = below(most + 1); i > 0; --i) text += (text.empty() ? "" : ",") + element();
    return "\"" + text + "\"";
  };
  const auto digits = [&] {
    std::string text;
    for (std::size_t i = below(25); i > 0; --i) text += static_cast<char>('0' + below(10));
    return text;
  };
  const std::string features = list(5, [&] {
    return pick({"o:", "u:", "uo:", "ou:", "x:", " o:", "o: ", below(20) == 0 ? "" : "o:"}) +
           std::string(pick({"a", "b", "c:d", "e "}));
  });
  const std::string names = list(80, [&] { return std::string(pick({"read", " write", "manage ", "x"})); });
  const std::string masks = list(6, [&] {
    return pick({"", "", "", " ", "0", "-", "x"}) + digits() + pick({"", "", "", " ", ".0"});
  });
  draft.payload.set("fea", features);
  draft.payload.set("o", R"({"id":"org_1","rol":"admin","slg":"acme","per":)" + names + R"(,"fpm":)" + masks + "}");
}

}  // namespace oracle
