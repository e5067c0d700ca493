/// The baseline of clients.cpp: libcurl and a public key, ready for use.
#include <memory>

#include <curl/curl.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "resident.hpp"

namespace {

struct Deleter {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};

}  // namespace

/// The arguments are those of clients.cpp.
int main(int count, char** arguments) {
  if (count != 3 || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return 1;
  const std::unique_ptr<BIO, Deleter> pem(BIO_new_mem_buf(arguments[2], -1));
  const std::unique_ptr<EVP_PKEY, Deleter> key(PEM_read_bio_PUBKEY(pem.get(), nullptr, nullptr, nullptr));
  if (!key) return 1;
  liveblocks_bench::printResident();
  return 0;
}
