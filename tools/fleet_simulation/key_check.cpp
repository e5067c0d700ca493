// OpenSSL's check of a public key takes about 4 ms, and thousands of instances have the same few keys. Each of them
// would check its own, in a process of its own; here the first check of a key is that of all. The linker puts this
// function in the place of OpenSSL's (--wrap). Where it cannot, as with shared libraries, the simulation only takes
// longer.

#include <algorithm>
#include <memory>
#include <mutex>
#include <vector>

#include <openssl/evp.h>

// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming): the linker chooses these names.
extern "C" {
int __real_EVP_PKEY_public_check(EVP_PKEY_CTX* context);
int __wrap_EVP_PKEY_public_check(EVP_PKEY_CTX* context);
}

namespace {

struct FreeKey {
  void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};

}  // namespace

int __wrap_EVP_PKEY_public_check(EVP_PKEY_CTX* context) {
  static std::mutex mutex;
  static std::vector<std::unique_ptr<EVP_PKEY, FreeKey>> sound;
  const std::lock_guard lock(mutex);
  EVP_PKEY* const key = EVP_PKEY_CTX_get0_pkey(context);
  const bool isKnown =
      std::any_of(sound.begin(), sound.end(), [key](const auto& known) { return EVP_PKEY_eq(known.get(), key) == 1; });
  if (isKnown) return 1;
  const int outcome = __real_EVP_PKEY_public_check(context);
  if (outcome == 1 && EVP_PKEY_up_ref(key) == 1) sound.emplace_back(key);
  return outcome;
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
