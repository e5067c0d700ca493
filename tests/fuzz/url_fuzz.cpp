#include <algorithm>
#include <string_view>

#include "fuzz_target.hpp"
#include "http/url.hpp"

using liveblocks::http::detail::WebUrl;

std::vector<std::string> fuzzing::seeds() {
  return {"https://app.example.com:8443/a/../b?x=1#y\n../c%2e/d?z",
          "HTTP:\\\\u:p@[2001:db8::1]:80/%zz\n//other.example\\x", "https://127.0.0.1?a=%41+b&&c\n?q=&a",
          "https://xn--bcher-kva.example./\n#f"};
}

namespace {

void check(const WebUrl& url) {
  fuzzing::require(!url.hostname().empty() && url.path().front() == '/');
  const std::string href = url.href();
  fuzzing::require(std::all_of(href.begin(), href.end(), [](char c) { return c > ' ' && c < '\x7F'; }));
  if (href.size() > WebUrl::maxSize) return;
  const auto again = WebUrl::parse(href);
  fuzzing::require(again && again->href() == href && again->origin() == url.origin());
}

}  // namespace

/// Whatever a URL and a reference to it are, on a line each: what is read is written in a form that is read as the
/// same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::string_view text = std::string_view(input).substr(0, input.find('\n'));
  auto url = WebUrl::parse(text);
  if (!url) return 0;
  check(*url);
  const std::string_view reference = std::string_view(input).substr(std::min(text.size() + 1, size));
  if (const auto resolved = WebUrl::parse(reference, *url)) check(*resolved);
  url->setQueryParameter("a", reference);
  fuzzing::require(url->queryParameter("a").has_value());
  url->setPath(reference);
  check(*url);
  return 0;
}
