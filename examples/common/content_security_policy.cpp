#include "common/content_security_policy.hpp"

namespace examples {
namespace {

std::string text(const Directive& directive) {
  std::string sources;
  for (const std::string& source : directive.sources) {
    if (!source.empty()) sources += " " + source;
  }
  return sources.empty() ? "" : directive.name + sources + "; ";
}

}  // namespace

std::string contentSecurityPolicy(const std::vector<Directive>& directives) {
  std::string policy = "default-src 'none'; script-src 'self'; ";
  for (const Directive& directive : directives) policy += text(directive);
  return policy + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

}  // namespace examples
