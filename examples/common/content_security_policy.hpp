/// The Content-Security-Policy of a page whose scripts are files of its site.
#pragma once

#include <string>
#include <vector>

namespace examples {

/// The permitted sources of one kind.
struct Directive {
  /// Such as `img-src`.
  std::string name;
  /// Empty ones are ignored.
  std::vector<std::string> sources;
};

/// Returns the value of the header: these directives in order, and scripts of the page's origin. Directives without
/// sources are omitted, so that `default-src 'none'` applies, or `script-src 'self'` for workers.
std::string contentSecurityPolicy(const std::vector<Directive>& directives);

}  // namespace examples
