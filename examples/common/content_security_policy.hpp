/// The Content-Security-Policy of a page whose scripts are files of its own site.
#pragma once

#include <string>
#include <vector>

namespace examples {

/// What pages may load or reach of one kind, and from where.
struct Directive {
  /// For instance `img-src`.
  std::string name;
  /// Empty ones do not count.
  std::vector<std::string> sources;
};

/// The value of the header: these directives in their order, scripts of the page's own origin, and nothing else. A
/// directive without sources is left out, so that `default-src 'none'` decides, or `script-src 'self'` about workers.
std::string contentSecurityPolicy(const std::vector<Directive>& directives);

}  // namespace examples
