/// What others said, before it leaves this process: in a log, an error or an answer.
///
/// A peer, or what stands between, may repeat what it was sent. So every text that is not our own goes through here.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// `text` with `…***` in the place of every credential: the secret `known`, keys (`sk_`, `whsec_`), machine tokens
/// (`ak_`, `mt_`, `oat_`), JWTs, and what follows `Bearer`. Of an ordinary word that only looks like the beginning of
/// one (`task_1`) nothing is taken, nor of `sk_localdev`, which everybody knows.
std::string redactSecrets(std::string_view text, std::string_view known = {});

/// The same for a body: where that is strict JSON, also what its strings hold in escapes.
std::string redactSecretsInBody(std::string_view body, std::string_view known = {});

/// Whether a body repeats the secret (except `sk_localdev`), as it is or in the escapes of JSON.
bool repeatsSecret(std::string_view body, std::string_view known);

/// For a log or a message: `printable()`, without credentials.
std::string shownText(std::string_view foreign, std::size_t maxBytes = 500);

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
