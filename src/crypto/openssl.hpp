/// Ownership of OpenSSL's handles, and good manners towards its per-thread error queue.
#pragma once

#include <memory>

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {

struct Release {
  void operator()(BIGNUM* handle) const noexcept { BN_free(handle); }
  void operator()(EVP_MAC_CTX* handle) const noexcept { EVP_MAC_CTX_free(handle); }
  void operator()(EVP_MD* handle) const noexcept { EVP_MD_free(handle); }
  void operator()(EVP_PKEY* handle) const noexcept { EVP_PKEY_free(handle); }
  void operator()(EVP_PKEY_CTX* handle) const noexcept { EVP_PKEY_CTX_free(handle); }
  void operator()(OSSL_PARAM* handle) const noexcept { OSSL_PARAM_free(handle); }
  void operator()(OSSL_PARAM_BLD* handle) const noexcept { OSSL_PARAM_BLD_free(handle); }
};

template <class T>
using Handle = std::unique_ptr<T, Release>;

/// Leaves the thread's error queue as it was found: what a failed operation adds would otherwise be taken by the host's
/// TLS code for a failure of its own.
class ErrorQueueGuard {
 public:
  ErrorQueueGuard() noexcept { ERR_set_mark(); }
  ErrorQueueGuard(const ErrorQueueGuard&) = delete;
  ErrorQueueGuard& operator=(const ErrorQueueGuard&) = delete;
  ~ErrorQueueGuard() { ERR_pop_to_mark(); }
};

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
