#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/http/loop_thread.hpp>
#include <liveblocks/http/stoppable_transport.hpp>
#include <liveblocks/testing/transport_check.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace http = liveblocks::http;
using namespace std::chrono_literals;
using liveblocks::Errc;
using liveblocks::Error;
using liveblocks::testing::checkTransport;
using liveblocks::testing::transportRules;

namespace {

using Outcome = liveblocks::Result<http::Response>;
using Send = std::function<Outcome(http::Transport& inner, http::Request request, http::Call call)>;

/// A good transport made bad in one place.
class Broken : public http::Transport {
 public:
  explicit Broken(Send send) : send_(std::move(send)) {}

  Outcome send(const http::Request& request, const http::Call& call) override { return send_(*inner_, request, call); }

 private:
  const std::shared_ptr<http::Transport> inner_ = http::makeCurlTransport();
  const Send send_;
};

/// An asynchronous transport that is good but for its `start()`, which has the mistake of another function.
class BrokenStart : public http::Transport {
 public:
  explicit BrokenStart(Send send) : send_(std::move(send)) {}
  BrokenStart(const BrokenStart&) = delete;
  BrokenStart& operator=(const BrokenStart&) = delete;
  ~BrokenStart() override {
    for (std::thread& thread : threads_) thread.join();
  }

  Outcome send(const http::Request& request, const http::Call& call) override { return inner_->send(request, call); }

  bool start(http::Request& request, const http::Call& call, Completion& done) override {
    const std::lock_guard lock(mutex_);
    threads_.emplace_back([this, request, call, done] {
      Outcome outcome = Error{Errc::internal, "thrown"};
      try {
        outcome = send_(*inner_, request, call);
      } catch (...) {
      }
      inner_->scheduler()->post([done, outcome] { done(outcome); });
    });
    done = {};
    return true;
  }

  std::shared_ptr<http::Scheduler> scheduler() const override { return inner_->scheduler(); }

 private:
  http::LoopThread thread_;
  const std::shared_ptr<http::Transport> inner_ = http::makeCurlTransport({}, thread_.makeLoop());
  const Send send_;
  std::mutex mutex_;
  std::vector<std::thread> threads_;
};

/// An asynchronous transport whose `start()` is replaced.
class OtherStart : public http::Transport {
 public:
  using Start =
      std::function<bool(http::Transport& inner, http::Request& request, const http::Call& call, Completion& done)>;

  explicit OtherStart(Start start, bool hasScheduler = true) : start_(std::move(start)), hasScheduler_(hasScheduler) {}

  Outcome send(const http::Request& request, const http::Call& call) override { return inner_->send(request, call); }
  bool start(http::Request& request, const http::Call& call, Completion& done) override {
    return start_(*inner_, request, call, done);
  }
  std::shared_ptr<http::Scheduler> scheduler() const override { return hasScheduler_ ? inner_->scheduler() : nullptr; }

 private:
  http::LoopThread thread_;
  const std::shared_ptr<http::Transport> inner_ = http::makeCurlTransport({}, thread_.makeLoop());
  const Start start_;
  const bool hasScheduler_;
};

struct Mistake {
  std::string rule;
  std::string name;
  Send send;
};

bool failedWith(const Outcome& outcome, Errc code) { return !outcome && outcome.error().code == code; }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t found = text.find(from);
  return found == std::string::npos ? text : text.replace(found, from.size(), to);
}

std::string originOf(const std::string& url) { return url.substr(0, url.find('/', 8)); }

/// The one who changes the request before it is sent.
Send changing(const std::function<void(http::Request&)>& change) {
  return [change](http::Transport& inner, http::Request request, const http::Call& call) {
    change(request);
    return inner.send(request, call);
  };
}

Send changingCall(const std::function<void(http::Call&)>& change) {
  return [change](http::Transport& inner, const http::Request& request, http::Call call) {
    change(call);
    return inner.send(request, call);
  };
}

Send changingOutcome(const std::function<void(Outcome&)>& change) {
  return [change](http::Transport& inner, const http::Request& request, const http::Call& call) {
    Outcome outcome = inner.send(request, call);
    change(outcome);
    return outcome;
  };
}

/// Another error in the place of one.
Send renaming(Errc from, Errc to) {
  return changingOutcome([=](Outcome& outcome) {
    if (failedWith(outcome, from)) outcome = Error{to, "x"};
  });
}

/// A success in the place of an error.
Send forgiving(Errc code) {
  return changingOutcome([=](Outcome& outcome) {
    if (failedWith(outcome, code)) outcome = http::Response{200, {}, ""};
  });
}

Send followingRedirects() {
  return [](http::Transport& inner, http::Request request, const http::Call& call) {
    Outcome outcome = inner.send(request, call);
    if (!outcome || outcome->status < 301 || outcome->status > 308) return outcome;
    const auto location = http::findHeader(*outcome, "Location");
    if (!location) return outcome;
    request.url = originOf(request.url) + std::string(*location);
    return inner.send(request, call);
  };
}

Send keepingCookies() {
  const auto jar = std::make_shared<std::string>();
  return [jar](http::Transport& inner, http::Request request, const http::Call& call) {
    if (!jar->empty()) request.headers.push_back({"Cookie", *jar});
    Outcome outcome = inner.send(request, call);
    if (outcome) *jar = http::findHeader(*outcome, "Set-Cookie").value_or("");
    return outcome;
  };
}

Send sendingAgain(const std::function<bool(const Outcome&)>& mayHelp) {
  return [mayHelp](http::Transport& inner, const http::Request& request, const http::Call& call) {
    Outcome outcome = inner.send(request, call);
    return mayHelp(outcome) ? inner.send(request, call) : outcome;
  };
}

Send oneAtATime() {
  const auto mutex = std::make_shared<std::mutex>();
  return [mutex](http::Transport& inner, const http::Request& request, const http::Call& call) {
    const std::lock_guard lock(*mutex);
    return inner.send(request, call);
  };
}

/// All threads write their request to one place.
Send sharingItsRequest() {
  struct Shared {
    std::mutex mutex;
    http::Request request;
  };
  const auto shared = std::make_shared<Shared>();
  return [shared](http::Transport& inner, const http::Request& request, const http::Call& call) {
    {
      const std::lock_guard lock(shared->mutex);
      shared->request = request;
    }
    std::this_thread::sleep_for(100us);
    std::unique_lock lock(shared->mutex);
    const http::Request mixed = shared->request;
    lock.unlock();
    return inner.send(mixed, call);
  };
}

/// As who takes a body for a C string.
void cutAtNul(std::string& text) { text.resize(std::min(text.find('\0'), text.size())); }

void joinHeaders(http::Request& request) {
  std::vector<http::Header> joined;
  for (const http::Header& header : request.headers) {
    if (!joined.empty() && joined.back().name == header.name) continue;
    const auto same =
        std::find_if(joined.begin(), joined.end(), [&](const auto& each) { return each.name == header.name; });
    if (same == joined.end()) {
      joined.push_back(header);
    } else {
      same->value += ", " + header.value;
    }
  }
  request.headers = joined;
}

void dropEmptyHeaders(http::Request& request) {
  auto& headers = request.headers;
  headers.erase(std::remove_if(headers.begin(), headers.end(), [](const auto& each) { return each.value.empty(); }),
                headers.end());
}

/// What a client does that writes values to the wire unseen.
void splitHeaders(http::Request& request) {
  std::vector<http::Header> split;
  for (const http::Header& header : request.headers) {
    const std::size_t end = std::min(header.value.find_first_of("\r\n"), header.value.size());
    split.push_back({header.name.substr(0, header.name.find(':')), header.value.substr(0, end)});
    if (end != header.value.size()) split.push_back({"X-Injected", "b"});
  }
  request.headers = split;
}

void dropDuplicates(Outcome& outcome) {
  if (!outcome) return;
  std::vector<http::Header> kept;
  for (const http::Header& header : outcome->headers) {
    const bool isThere = std::any_of(kept.begin(), kept.end(), [&](const auto& each) {
      return std::equal(each.name.begin(), each.name.end(), header.name.begin(), header.name.end(),
                        [](char a, char b) { return (a | 0x20) == (b | 0x20); });
    });
    if (!isThere) kept.push_back(header);
  }
  outcome->headers = kept;
}

std::vector<Mistake> mistakesWithMessages() {
  const std::string requests = "sends requests as they are";
  const std::string target = "sends the target byte for byte";
  const std::string answers = "returns responses as they are";
  const std::string ends = "finds the end of each body";
  return {
      {requests, "no body", changing([](auto& request) { request.body.clear(); })},
      {requests, "a body cut at NUL", changing([](auto& request) { cutAtNul(request.body); })},
      {requests, "POST for all", changing([](auto& request) { request.method = "POST"; })},
      {requests, "joined headers", changing(joinHeaders)},
      {requests, "headers without a value are left out", changing(dropEmptyHeaders)},
      {target, "a slash is decoded", changing([](auto& request) { request.url = replaced(request.url, "%2F", "/"); })},
      {target, "another case", changing([](auto& request) { request.url = replaced(request.url, "%2f", "%2F"); })},
      {target, "a dot segment is resolved",
       changing([](auto& request) { request.url = replaced(request.url, "/a/../b", "/b"); })},
      {target, "an empty query is dropped", changing([](auto& request) {
         if (request.url.back() == '?') request.url.pop_back();
       })},
      {target, "an escape is decoded",
       changing([](auto& request) { request.url = replaced(request.url, "%7E", "~"); })},
      {answers, "404 is an error", changingOutcome([](auto& outcome) {
         if (outcome && outcome->status == 404) outcome = Error{Errc::notFound, "x"};
       })},
      {answers, "one header of a name", changingOutcome(dropDuplicates)},
      {answers, "a body cut at NUL", changingOutcome([](auto& outcome) {
         if (outcome) cutAtNul(outcome->body);
       })},
      {ends, "204 is an error", changingOutcome([](auto& outcome) {
         if (outcome && outcome->status == 204) outcome = Error{Errc::upstream, "x"};
       })},
      {ends, "HEAD becomes GET", changing([](auto& request) {
         if (request.method == "HEAD") request.method = "GET";
       })},
      {"follows no redirects", "follows", followingRedirects()},
      {"keeps no cookies", "keeps", keepingCookies()},
  };
}

std::vector<Mistake> mistakesWithCalls() {
  const std::string deadline = "returns by the deadline";
  const std::string cancelling = "can be cancelled";
  const std::string size = "takes no more than maxBody";
  return {
      {deadline, "none", changingCall([](auto& call) {
         if (call.deadline < liveblocks::Deadline::max() - 10s) call.deadline += 10s;
       })},
      {deadline, "another error", renaming(Errc::timeout, Errc::connect)},
      {deadline, "sends past it", changingCall([](auto& call) {
         const auto now = std::chrono::steady_clock::now();
         if (call.deadline <= now) call.deadline = now + 5s;
       })},
      {deadline, "overflows", changingCall([](auto& call) {
         if (call.deadline == liveblocks::Deadline::max()) call.deadline = {};
       })},
      {cancelling, "never", changingCall([](auto& call) { call.cancelled = {}; })},
      {cancelling, "another error", renaming(Errc::cancelled, Errc::timeout)},
      {cancelling, "not beforehand", changingCall([](auto& call) {
         if (call.cancelled && call.cancelled()) call.cancelled = {};
       })},
      {size, "none", changingCall([](auto& call) { call.maxBody = std::numeric_limits<std::size_t>::max(); })},
      {size, "one too many", changingCall([](auto& call) { ++call.maxBody; })},
      {size, "one too few", changingCall([](auto& call) { call.maxBody -= call.maxBody == 0 ? 0 : 1; })},
      {size, "0 is no limit", changingCall([](auto& call) { call.maxBody = call.maxBody == 0 ? 9 : call.maxBody; })},
      {size, "cuts the body", forgiving(Errc::tooLarge)},
      {"sends plain http to loopback hosts only", "anywhere",
       changingCall([](auto& call) { call.allowInsecureHttp = true; })},
      {"sends once what must be sent once", "a broken connection",
       sendingAgain([](const Outcome& outcome) { return failedWith(outcome, Errc::reset); })},
      {"sends once what must be sent once", "a busy server",
       sendingAgain([](const Outcome& outcome) { return outcome && outcome->status == 503; })},
      {"sends once what must be sent once", "a kept connection", changingCall([](auto& call) { call.once = false; })},
  };
}

std::vector<Mistake> mistakesWithFailures() {
  const std::string broken = "reports broken connections";
  const std::string injection = "lets no header value become a header";
  const std::string threads = "serves many threads at once";
  return {
      {broken, "takes what has come", forgiving(Errc::reset)},
      {broken, "as if nothing had been sent", renaming(Errc::reset, Errc::connect)},
      {broken, "nobody listens", renaming(Errc::connect, Errc::internal)},
      {"throws nothing", "throws", changingOutcome([](auto& outcome) {
         if (!outcome) throw std::runtime_error(outcome.error().message);
       })},
      {"throws nothing", "throws what is no exception", changingOutcome([](auto& outcome) {
         if (!outcome) throw 1;
       })},
      {"throws nothing", "takes any URL", forgiving(Errc::invalidRequest)},
      {injection, "splits", changing(splitHeaders)},
      {injection, "another error", renaming(Errc::invalidRequest, Errc::internal)},
      {"tells no header value in an error", "tells",
       [](http::Transport& inner, const http::Request& request, const http::Call& call) {
         Outcome outcome = inner.send(request, call);
         if (outcome || request.headers.empty()) return outcome;
         return Outcome(Error{outcome.error().code, "could not send " + request.headers.at(0).value});
       }},
      {threads, "one at a time", oneAtATime()},
      {threads, "shares its request", sharingItsRequest()},
  };
}

std::vector<Mistake> mistakes() {
  std::vector<Mistake> all = mistakesWithMessages();
  for (auto& mistake : mistakesWithCalls()) all.push_back(std::move(mistake));
  for (auto& mistake : mistakesWithFailures()) all.push_back(std::move(mistake));
  return all;
}

std::string describe(const std::vector<liveblocks::testing::TransportFinding>& findings) {
  std::string text;
  for (const auto& finding : findings) text += finding.rule + ": " + finding.detail + "\n";
  return text;
}

void checkGood(http::Transport& transport) {
  const std::string findings = describe(checkTransport(transport));
  CAPTURE(findings);
  CHECK(findings.empty());
}

void checkFound(const std::vector<Mistake>& all) {
  for (const Mistake& mistake : all) {
    CAPTURE(mistake.rule, mistake.name);
    Broken transport(mistake.send);
    const auto findings = checkTransport(transport, mistake.rule);
    CHECK_FALSE(findings.empty());
    for (const auto& finding : findings) {
      CHECK(finding.rule == mistake.rule);
      CHECK_FALSE(finding.detail.empty());
    }
  }
}

}  // namespace

TEST_CASE("the transport over libcurl keeps all rules") { checkGood(*http::makeCurlTransport()); }

TEST_CASE("the asynchronous transport over libcurl keeps all rules") {
  http::LoopThread thread;
  checkGood(*http::makeCurlTransport({}, thread.makeLoop()));
}

TEST_CASE("a transport that can be stopped keeps all rules") {
  http::LoopThread thread;
  http::StoppableTransport transport(http::makeCurlTransport({}, thread.makeLoop()));
  checkGood(transport);
}

TEST_CASE("each mistake with messages is found by its rule") { checkFound(mistakesWithMessages()); }

TEST_CASE("each mistake with the conditions of a call is found by its rule") { checkFound(mistakesWithCalls()); }

TEST_CASE("each mistake with failures is found by its rule") { checkFound(mistakesWithFailures()); }

TEST_CASE("a mistake of start() is found by each rule") {
  const std::vector<Mistake> all = mistakes();
  for (const std::string& rule : transportRules()) {
    // The last one: the first ones throw here and there, which a thread of the test cannot pass on.
    const auto mistake = std::find_if(all.rbegin(), all.rend(), [&](const Mistake& each) { return each.rule == rule; });
    if (mistake == all.rend()) continue;
    CAPTURE(rule, mistake->name);
    BrokenStart transport(mistake->send);
    const auto findings = checkTransport(transport, rule);
    CHECK_FALSE(findings.empty());
    for (const auto& finding : findings) CHECK_THAT(finding.detail, Catch::Matchers::StartsWith("with start(): "));
  }
}

TEST_CASE("a promise of start() that is broken is found") {
  using Completion = http::Transport::Completion;
  const auto [detail, start] = GENERATE(table<std::string, OtherStart::Start>({
      {"the exchange completed within start()",
       [](http::Transport& inner, http::Request& request, const http::Call& call, Completion& done) {
         done(inner.send(request, call));
         return true;
       }},
      {"an exchange completed twice",
       [](http::Transport& inner, http::Request& request, const http::Call& call, Completion& done) {
         Completion twice = [done](const Outcome& outcome) {
           done(outcome);
           done(outcome);
         };
         return inner.start(request, call, twice);
       }},
      {"an exchange completed on another thread than that of the scheduler",
       [](http::Transport& inner, http::Request& request, const http::Call& call, Completion& done) {
         Completion elsewhere = [done](const Outcome& outcome) { std::thread(done, outcome).join(); };
         return inner.start(request, call, elsewhere);
       }},
      {"start() returned false although scheduler() returned a scheduler",
       [](http::Transport&, http::Request&, const http::Call&, Completion&) { return false; }},
      {"cancelled by its token: the exchange continued for too long",
       [](http::Transport& inner, http::Request& request, http::Call call, Completion& done) {
         call.cancellation = {};
         return inner.start(request, call, done);
       }},
      {"start() or scheduler() threw an exception: no",
       [](http::Transport&, http::Request&, const http::Call&, Completion&) -> bool {
         throw std::runtime_error("no");
       }},
  }));
  OtherStart transport(start);
  CHECK_THAT(describe(checkTransport(transport, transportRules().back())), ContainsSubstring(": " + detail + "\n"));
}

TEST_CASE("a transport that starts exchanges without a scheduler is found") {
  const auto [detail, isTaken] = GENERATE(table<std::string, bool>({
      {"start() returned true although scheduler() returned none", true},
      {"start() returned false but had taken the exchange", false},
  }));
  OtherStart transport(
      [taken = isTaken](http::Transport&, http::Request& request, const http::Call&,
                        http::Transport::Completion& done) {
        request = {};
        done = {};
        return taken;
      },
      false);
  CHECK_THAT(describe(checkTransport(transport, transportRules().back())), ContainsSubstring(": " + detail + "\n"));
}

TEST_CASE("there is a mistake for each rule") {
  const std::vector<Mistake> all = mistakes();
  for (const std::string& rule : transportRules()) {
    if (rule == transportRules().back()) continue;  // The one about start().
    CAPTURE(rule);
    CHECK(std::any_of(all.begin(), all.end(), [&](const Mistake& mistake) { return mistake.rule == rule; }));
  }
}

TEST_CASE("findings say what went wrong") {
  const auto detail = [](const std::string& rule, const Send& send) {
    Broken transport(send);
    return describe(checkTransport(transport, rule));
  };
  CHECK_THAT(detail("follows no redirects", followingRedirects()), ContainsSubstring(": a redirect was followed\n"));
  CHECK_THAT(detail("keeps no cookies", keepingCookies()),
             ContainsSubstring(": a cookie of one response was sent with the next request\n"));
  CHECK_THAT(detail("returns responses as they are", changingOutcome(dropDuplicates)),
             ContainsSubstring(": two headers with the same name were not returned as two"));
  CHECK_THAT(detail("sends once what must be sent once",
                    sendingAgain([](const Outcome& outcome) { return outcome && outcome->status == 503; })),
             ContainsSubstring(": a request that must be sent once was sent again to a busy server\n"));
}

TEST_CASE("of a transport that sends nothing, this alone is said") {
  const auto [send, came] = GENERATE(table<Send, std::string>({
      {[](http::Transport&, const http::Request&, const http::Call&) -> Outcome {
         return Error{Errc::connect, ""};
       },
       "send() returned the error "},
      {[](http::Transport&, const http::Request&, const http::Call&) -> Outcome {
         return http::Response{200, {}, ""};
       },
       "send() returned status 200 with 0 bytes"},
      {[](http::Transport&, const http::Request&, const http::Call&) -> Outcome { throw std::runtime_error("no"); },
       "send() threw an exception: no"},
  }));
  Broken transport(send);
  for (const std::string& rule : {std::string(), transportRules().back()}) {
    const auto findings = checkTransport(transport, rule);
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().rule == (rule.empty() ? transportRules().front() : rule));
    CHECK_THAT(findings.front().detail, Catch::Matchers::StartsWith("no request reached the server: " + came));
  }
}

TEST_CASE("a transport that lacks a method is told what it lacks") {
  const auto without = [](const std::string& method) {
    return [=](http::Transport& inner, const http::Request& request, const http::Call& call) {
      return request.method == method ? Outcome(Error{Errc::invalidRequest, ""}) : inner.send(request, call);
    };
  };
  for (const char* method : {"GET", "POST"}) {
    Broken transport(without(method));
    CHECK_THAT(describe(checkTransport(transport, "sends requests as they are")),
               ContainsSubstring(std::string(": ") + method + " with a body of "));
  }
}

TEST_CASE("a rule that does not exist is a mistake of the caller") {
  CHECK_THROWS_AS(checkTransport(*http::makeCurlTransport(), "returns soon"), std::invalid_argument);
}
