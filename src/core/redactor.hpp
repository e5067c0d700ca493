/// Redacts credentials in text from other parties before it leaves this process in a log, an error or a response.
///
/// A server, or a proxy before it, may repeat what it was sent. So every text that comes from outside is redacted.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace redactor {

/// Replaces credentials in `text` by `…***`: the secret `known`, keys (`sk_`, `whsec_`), machine tokens (`ak_`, `mt_`,
/// `oat_`), JWTs, and what follows `Bearer`. Ordinary words that only look like the beginning of a credential
/// (`task_1`) stay, and so does the public key `sk_localdev`.
std::string redact(std::string_view text, std::string_view known = {});

/// Redacts a body: also credentials that are written with escapes in strings of JSON.
std::string redactBody(std::string_view body, std::string_view known = {});

/// Whether a body repeats the secret (except `sk_localdev`), with or without JSON escapes.
bool repeatsSecret(std::string_view body, std::string_view known);

/// Makes text fit for a log or a message: redacted, and then as `utf8::printable()` does.
std::string shown(std::string_view text, std::size_t maxBytes = 500);

}  // namespace redactor
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
