// Nothing is sent to a server that is not to be trusted, whatever fails.

#include <atomic>
#include <memory>

#include "each_fault.hpp"
#include "exchange.hpp"
#include "forms.hpp"
#include "loopback_server.hpp"

namespace http = liveblocks::http;
using namespace liveblocks_tests;

TEST_CASE("a server with a foreign certificate gets no request while libcurl fails") {
  const CertificateAuthority ours;
  const CertificateAuthority foreign;
  std::atomic<int> requests{0};
  LoopbackServer server(eachRequest([&](Connection& connection, const ReceivedRequest&) {
                          ++requests;
                          connection.respond(200, "secret");
                        }),
                        foreign.issue());
  http::CurlTransportOptions options;
  options.caFile = ours.file();
  surviveEachFault({Verdict::failed,
                    [&]() -> Job {
                      return [&, transport = http::makeCurlTransport(options)] {
                        const auto answer = transport->send(post(server.url(), "x"), {deadline()});
                        return answer ? Verdict::accepted : Verdict::failed;
                      };
                    },
                    {},
                    true});
  CHECK(requests == 0);
}

TEST_CASE("a redirect is not followed while libcurl fails") {
  std::atomic<int> requests{0};
  LoopbackServer elsewhere(eachRequest([&](Connection& connection, const ReceivedRequest&) {
    ++requests;
    connection.respond(200, "elsewhere");
  }));
  LoopbackServer server(eachRequest([&](Connection& connection, const ReceivedRequest&) {
    connection.respond(307, "", "Location: " + elsewhere.url() + "\r\n");
  }));
  surviveEachFault({Verdict::failed, [&]() -> Job {
                      return [&, transport = http::makeCurlTransport()] {
                        const auto answer = transport->send(post(server.url(), "x"), {deadline()});
                        return answer && answer->status == 200 ? Verdict::accepted : Verdict::failed;
                      };
                    }});
  CHECK(requests == 0);
}
