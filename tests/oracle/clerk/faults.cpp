#include <algorithm>

#include "draft.hpp"

namespace oracle {
namespace {

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

/// Faults named after a claim, or a header member, and the JSON text it is set to; "absent" removes it.
void addValues(std::vector<Fault>& list, const char* where, const std::string& name,
               const std::vector<std::string>& values) {
  const bool inHeader = std::string(where) == "header";
  for (const std::string& value : values) {
    list.push_back({std::string(where).append(" ").append(name).append(" ").append(value), [=](Draft& draft) {
                      Members& members = inHeader ? draft.header : draft.payload;
                      value == "absent" ? members.remove(name) : members.set(name, value);
                    }});
  }
}

void addForms(std::vector<Fault>& list) {
  const auto edit = [&](const char* name, std::string (*change)(const std::string&)) {
    list.push_back({std::string("form ") + name, [=](Draft& draft) { draft.tokenEdits.emplace_back(change); }});
  };
  edit("empty", [](const std::string&) { return std::string(); });
  edit("one part", [](const std::string&) { return std::string("abc"); });
  edit("two parts", [](const std::string& t) { return t.substr(0, t.rfind('.')); });
  edit("four parts", [](const std::string& t) { return t + ".x"; });
  edit("three empty parts", [](const std::string&) { return std::string(".."); });
  edit("three parts that are no JSON", [](const std::string&) { return std::string("YWJj.YWJj.YWJj"); });
  edit("leading blank", [](const std::string& t) { return " " + t; });
  edit("trailing blank", [](const std::string& t) { return t + " "; });
  edit("trailing newline", [](const std::string& t) { return t + "\n"; });
  edit("newline inside", [](const std::string& t) { return std::string(t).insert(t.find('.') + 3, "\n"); });
  edit("signature in the standard alphabet", [](const std::string& t) { return t.substr(0, t.rfind('.')) + ".+/+/"; });
  edit("equals sign inside the signature",
       [](const std::string& t) { return std::string(t).insert(t.size() - 4, "="); });
  edit("signature padded with two", [](const std::string& t) { return t + "=="; });
  edit("signature padded with four", [](const std::string& t) { return t + "===="; });
  edit("header padded", [](const std::string& t) { return std::string(t).insert(t.find('.'), "="); });
  edit("unused bits set",
       [](const std::string& t) { return t.substr(0, t.size() - 1) + (t.back() == 'Q' ? "R" : "B"); });
  edit("empty signature", [](const std::string& t) { return t.substr(0, t.rfind('.') + 1); });
  edit("signature with a byte more", [](const std::string& t) { return t + "AA"; });
  edit("signature of zeros",
       [](const std::string& t) { return t.substr(0, t.rfind('.') + 1) + std::string(342, 'A'); });
  list.push_back({"form signed by another key", [](Draft& draft) { draft.foreignKey = true; }});
}

void addJson(std::vector<Fault>& list) {
  const auto edit = [&](const char* name, std::string (*change)(const std::string&)) {
    list.push_back({std::string("json payload ") + name, [=](Draft& d) { d.payloadEdits.emplace_back(change); }});
    list.push_back({std::string("json header ") + name, [=](Draft& d) { d.headerEdits.emplace_back(change); }});
  };
  const auto with = [](const std::string& object, const std::string& member) {
    return object.substr(0, object.size() - 1) + "," + member + "}";
  };
  static const auto add = with;
  edit("is an array", [](const std::string&) { return std::string("[]"); });
  edit("is a number", [](const std::string&) { return std::string("1"); });
  edit("is a string", [](const std::string&) { return std::string("\"x\""); });
  edit("is null", [](const std::string&) { return std::string("null"); });
  edit("in white space", [](const std::string& t) { return " \n" + t + "\t "; });
  edit("after a byte order mark", [](const std::string& t) { return "\xEF\xBB\xBF" + t; });
  edit("before garbage", [](const std::string& t) { return t + "x"; });
  edit("before a NUL", [](const std::string& t) { return t + std::string(1, '\0'); });
  edit("with a comment", [](const std::string& t) { return t + "/* */"; });
  edit("with invalid UTF-8", [](const std::string& t) { return add(t, "\"x\":\"\xFF\""); });
  edit("with a lone surrogate", [](const std::string& t) { return add(t, R"("x":"\ud800")"); });
  edit("with __proto__", [](const std::string& t) { return add(t, R"("__proto__":{"sub":"x"})"); });
  edit("nested 16 deep",
       [](const std::string& t) { return add(t, "\"x\":" + std::string(15, '[') + std::string(15, ']')); });
  edit("nested 17 deep",
       [](const std::string& t) { return add(t, "\"x\":" + std::string(16, '[') + std::string(16, ']')); });
  for (const auto& [name, first, second] :
       std::vector<std::array<std::string, 3>>{{"sub", quoted("user_evil"), quoted("user_1")},
                                               {"exp", std::to_string(now - 100), std::to_string(now + 60)},
                                               {"custom", "1", "2"}}) {
    list.push_back({"json payload " + name + " twice", [claim = name, before = first, after = second](Draft& draft) {
                      draft.payload.set(claim, before);
                      draft.payload.add(claim, after);
                    }});
  }
  list.push_back({"json header alg twice", [](Draft& draft) {
                    draft.header.set("alg", quoted("none"));
                    draft.header.add("alg", quoted("RS256"));
                  }});
}

void addHeaders(std::vector<Fault>& list) {
  addValues(
      list, "header", "typ",
      {"absent", R"("jwt")", R"("Jwt")", R"("at+jwt")", R"("application/jwt")", R"("")", "null", "1", R"(["JWT"])"});
  addValues(list, "header", "alg",
            {"absent", R"("RS384")", R"("RS512")", R"("none")", R"("None")", R"("HS256")", R"("PS256")", R"("ES256")",
             R"("EdDSA")", R"("rs256")", R"("")", "null", "1", R"(["RS256"])"});
  addValues(list, "header", "kid", {"absent", R"("other")", R"("")", "5", "null"});
  addValues(list, "header", "cat",
            {"absent", R"("cl_I7d4PD111III")", R"("cl_B7d4PD222AAA")", R"("cl_B7d4PD333AAA")", R"("other")", R"("")",
             "null", "1"});
  addValues(list, "header", "crit", {R"(["x"])", "[]", "null"});
  addValues(list, "header", "b64", {"false", "true"});
  addValues(list, "header", "jku", {R"("https://evil.example/jwks")"});
  addValues(list, "header", "x5u", {R"("https://evil.example/x")"});
  addValues(list, "header", "jwk", {R"({"kty":"RSA"})"});
}

void addClaims(std::vector<Fault>& list) {
  addValues(list, "claim", "sub", {"absent", "null", "1", "true", "{}", "[]", R"("")", R"("mch_1")"});
  addValues(list, "claim", "sid", {"absent", "null", "1", R"("")"});
  addValues(list, "claim", "iss",
            {"absent", "null", "1", R"("https://clerk.other.example")", R"("http://clerk.example.com")"});
  addValues(list, "claim", "exp",
            {"absent", "null", R"("1735689660")", "true", "{}", "[]", "0", "-1", "1735689660.0", "1.73568966e9",
             "1e400", "8640000000000", "8640000000001", "9e15", "10000000000"});
  addValues(list, "claim", "nbf", {"absent", "0", "-5", "null", R"("1")", "true", "9000000000000000", "1e400"});
  addValues(list, "claim", "iat", {"absent", "0", "null", R"("1")", "true", "9000000000000000"});
  addValues(list, "claim", "sts", {"absent", R"("pending")", R"("revoked")", "5", "null", R"("")"});
  addValues(list, "claim", "v", {"absent", "1", R"("2")", "3", "null", "true"});
  addValues(list, "claim", "fva", {"absent", "null", "[5,-1]", "[0]", R"("x")", "[0.5,0]"});
  addValues(list, "claim", "act",
            {"null", R"({"sub":"user_9","sid":"sess_9","type":"agent"})", R"({})", R"("user_9")", "[]"});
  addValues(list, "claim", "custom", {R"({"a":[1,2,{"b":null}]})", R"("\u00e9\n")", "1e308"});
  for (const std::int64_t offset : {-60, -6, -5, -4, -1, 0, 1, 5, 6}) {
    for (const std::string name : {"exp", "nbf", "iat"}) {
      list.push_back({"claim " + name + " now" + (offset < 0 ? "" : "+") + std::to_string(offset),
                      [=](Draft& draft) { draft.payload.set(name, std::to_string(now + offset)); }});
    }
  }
}

void addSettings(std::vector<Fault>& list) {
  for (const std::int64_t skew : {0, 1, 60, 300}) {
    list.push_back({"skew " + std::to_string(skew), [=](Draft& draft) { draft.skew = std::chrono::seconds(skew); }});
  }
  for (const std::int64_t ms : {-10001, -10000, -5001, -5000, -1, 1, 59999, 60000, 64999, 65000}) {
    list.push_back({"clock " + std::to_string(ms) + " ms", [=](Draft& draft) { draft.clockMs += ms; }});
  }
  const auto parties = [&](const std::string& name, const std::vector<std::string>& accepted, const std::string& azp) {
    list.push_back({"party " + name, [=](Draft& draft) {
                      draft.authorizedParties = accepted;
                      azp == "absent" ? draft.payload.remove("azp") : draft.payload.set("azp", azp);
                    }});
  };
  const std::string app = "https://app.example.com";
  parties("not asked for, absent", {}, "absent");
  parties("not asked for, null", {}, "null");
  parties("accepted", {app}, quoted(app));
  parties("second", {"https://x.example.com", app}, quoted(app));
  parties("other", {app}, quoted("https://evil.example.com"));
  for (const char* azp : {"absent", "\"\"", "null", "5"}) parties(azp, {app}, azp);
  for (const char* azp : {"https://App.example.com", "https://app.example.com/", "https://app.example.com:443"}) {
    parties(azp, {app}, quoted(azp));
  }
  for (const char* aud :
       {"absent", R"("a")",     R"(["a"])",   R"(["a","b"])", R"("b")", R"(["b","c"])", R"("A")", R"("")",
        "[]",     R"([""])",    "5",          "{}",           "true",   "false",        "0",      "null",
        "[5]",    R"(["a",5])", R"(["b",5])", R"([null,"b"])"}) {
    list.push_back({std::string("audience ") + aud, [aud = std::string(aud)](Draft& draft) {
                      draft.audience = {"a"};
                      if (aud != "absent") draft.payload.set("aud", aud);
                    }});
  }
  list.push_back({"audience second of two", [](Draft& draft) {
                    draft.audience = {"b", "a"};
                    draft.payload.set("aud", quoted("a"));
                  }});
}

void addOrganizations(std::vector<Fault>& list) {
  const auto v2 = [&](const std::string& name, const std::string& o, const std::string& fea) {
    list.push_back({"organization " + name, [=](Draft& draft) {
                      draft.payload.set("o", o);
                      fea.empty() ? draft.payload.remove("fea") : draft.payload.set("fea", fea);
                    }});
  };
  const auto table = [&](const std::string& fea, const std::string& per, const std::string& fpm) {
    v2(fea + " / " + per + " / " + fpm,
       R"({"id":"org_1","rol":"admin","slg":"acme","per":)" + quoted(per) + R"(,"fpm":)" + quoted(fpm) + "}",
       quoted(fea));
  };
  table("o:dashboard,o:teams", "manage,read", "3,2");
  table("u:profile,o:dashboard,o:teams", "read,manage", "1,2");
  table("uo:profile,o:dashboard", "read,manage", "1,2");
  table("o:a,o:b,o:c", "r,w", "3");
  table("o:a", "r,w", "1,2,3");
  table(" o:a , o:b ", " r , w ", " 1 , 2 ");
  for (const char* mask : {"7", "003", "0x3", "-1", "+1", "1.0", "1e1", "x", "", ",3"}) table("o:a,o:b", "r,w", mask);
  table("", "r", "1");
  table("x:a,o:b", "r", "1");
  table("o:a:b", "r", "1");
  table("o:", "r,", "3");
  table("dashboard", "r", "1");
  table("o:a,", "r", "1");
  v2("without permissions", R"({"id":"org_1"})", "");
  v2("empty", "{}", "");
  list.push_back({"organization of version 2.0",
                  [](Draft& draft) {
                    draft.payload.set("v", "2.0");
                    draft.payload.set("o", R"({"id":"org_1"})");
                  },
                  true});
  v2("with a role only", R"({"rol":"admin"})", "");
  v2("with a prefixed role", R"({"id":"org_1","rol":"org:admin"})", "");
  v2("null", "null", quoted("dashboard"));
  v2("of a wrong type", R"("org_1")", "");
  v2("with a numeric mask", R"({"id":"org_1","per":"r","fpm":1})", quoted("o:a"));
  v2("with a numeric id", R"({"id":5})", "");
  list.push_back({"organization v1", [](Draft& draft) {
                    draft.payload.remove("v");
                    draft.payload.set("org_id", quoted("org_1"));
                    draft.payload.set("org_role", quoted("org:admin"));
                    draft.payload.set("org_slug", quoted("acme"));
                    draft.payload.set("org_permissions", R"(["org:dashboard:read","x"])");
                  }});
  list.push_back({"organization v1 claims in v2", [](Draft& draft) { draft.payload.set("org_id", quoted("org_1")); }});
  list.push_back({"organization v1 without an id", [](Draft& draft) {
                    draft.payload.remove("v");
                    draft.payload.set("org_role", quoted("org:admin"));
                  }});
  list.push_back({"organization v1 with a numeric id", [](Draft& draft) {
                    draft.payload.remove("v");
                    draft.payload.set("org_id", "5");
                  }});
}

}  // namespace

const std::vector<Fault>& faults() {
  static const std::vector<Fault> all = [] {
    std::vector<Fault> list{{"none", [](Draft&) {}}};
    addForms(list);
    addJson(list);
    addHeaders(list);
    addClaims(list);
    addSettings(list);
    addOrganizations(list);
    return list;
  }();
  return all;
}

}  // namespace oracle
