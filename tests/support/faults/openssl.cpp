// OpenSSL's functions, each with the results by which it fails according to its manual page.

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace liveblocks_tests {
namespace {

/// OpenSSL's functions leave the reason in the queue of their thread.
void fail() { ERR_raise(ERR_LIB_USER, ERR_R_INTERNAL_ERROR); }

}  // namespace
}  // namespace liveblocks_tests

#include "wrap.hpp"

using Bytes = const unsigned char*;

// Numbers.
LIVEBLOCKS_TESTS_GIVES(BIGNUM*, BN_bin2bn, (Bytes bytes, int size, BIGNUM* into), (bytes, size, into))
LIVEBLOCKS_TESTS_TAKES(BN_free, BIGNUM*)

// Digests and codes.
LIVEBLOCKS_TESTS_FAULTY(int, EVP_Digest,
                        (const void* data, std::size_t count, unsigned char* digest, unsigned* size, const EVP_MD* type,
                         ENGINE* engine),
                        (data, count, digest, size, type, engine), 0)
LIVEBLOCKS_TESTS_GIVES(EVP_MD*, EVP_MD_fetch, (OSSL_LIB_CTX * library, const char* name, const char* properties),
                       (library, name, properties))
LIVEBLOCKS_TESTS_TAKES(EVP_MD_free, EVP_MD*)
LIVEBLOCKS_TESTS_GIVES(EVP_MAC*, EVP_MAC_fetch, (OSSL_LIB_CTX * library, const char* name, const char* properties),
                       (library, name, properties))
LIVEBLOCKS_TESTS_TAKES(EVP_MAC_free, EVP_MAC*)
LIVEBLOCKS_TESTS_GIVES(EVP_MAC_CTX*, EVP_MAC_CTX_new, (EVP_MAC * mac), (mac))
LIVEBLOCKS_TESTS_TAKES(EVP_MAC_CTX_free, EVP_MAC_CTX*)
LIVEBLOCKS_TESTS_FAULTY(int, EVP_MAC_init,
                        (EVP_MAC_CTX * context, Bytes key, std::size_t size, const OSSL_PARAM* parameters),
                        (context, key, size, parameters), 0)
LIVEBLOCKS_TESTS_FAULTY(int, EVP_MAC_update, (EVP_MAC_CTX * context, Bytes data, std::size_t size),
                        (context, data, size), 0)
LIVEBLOCKS_TESTS_FAULTY(int, EVP_MAC_final,
                        (EVP_MAC_CTX * context, unsigned char* out, std::size_t* size, std::size_t room),
                        (context, out, size, room), 0)
LIVEBLOCKS_TESTS_FAULTY(int, RAND_bytes, (unsigned char* bytes, int count), (bytes, count), 0, -1)

// Keys.
LIVEBLOCKS_TESTS_GIVES(EVP_PKEY*, d2i_PUBKEY, (EVP_PKEY * *key, Bytes* at, long size), (key, at, size))
LIVEBLOCKS_TESTS_GIVES(EVP_PKEY*, d2i_PublicKey, (int type, EVP_PKEY** key, Bytes* at, long size),
                       (type, key, at, size))
LIVEBLOCKS_TESTS_GIVES(X509*, d2i_X509, (X509 * *certificate, Bytes* at, long size), (certificate, at, size))
LIVEBLOCKS_TESTS_TAKES(X509_free, X509*)
LIVEBLOCKS_TESTS_GIVES(OSSL_PARAM_BLD*, OSSL_PARAM_BLD_new, (), ())
LIVEBLOCKS_TESTS_FAULTY(int, OSSL_PARAM_BLD_push_BN, (OSSL_PARAM_BLD * builder, const char* name, const BIGNUM* number),
                        (builder, name, number), 0)
LIVEBLOCKS_TESTS_GIVES(OSSL_PARAM*, OSSL_PARAM_BLD_to_param, (OSSL_PARAM_BLD * builder), (builder))
LIVEBLOCKS_TESTS_TAKES(OSSL_PARAM_BLD_free, OSSL_PARAM_BLD*)
LIVEBLOCKS_TESTS_TAKES(OSSL_PARAM_free, OSSL_PARAM*)
LIVEBLOCKS_TESTS_FAULTY(int, EVP_PKEY_fromdata_init, (EVP_PKEY_CTX * context), (context), 0, -2)
LIVEBLOCKS_TESTS_GIVES_IN(key, 1, int, EVP_PKEY_fromdata,
                          (EVP_PKEY_CTX * context, EVP_PKEY** key, int selection, OSSL_PARAM* parameters),
                          (context, key, selection, parameters), 0, -1, -2)
LIVEBLOCKS_TESTS_GIVES_IN(number, 1, int, EVP_PKEY_get_bn_param,
                          (const EVP_PKEY* key, const char* name, BIGNUM** number), (key, name, number), 0)
LIVEBLOCKS_TESTS_FAULTY(int, EVP_PKEY_is_a, (const EVP_PKEY* key, const char* name), (key, name), 0)
LIVEBLOCKS_TESTS_FAULTY(int, EVP_PKEY_get_size, (const EVP_PKEY* key), (key), 0, -1, -2)
LIVEBLOCKS_TESTS_TAKES(EVP_PKEY_free, EVP_PKEY*)

// Operations.
LIVEBLOCKS_TESTS_GIVES(EVP_PKEY_CTX*, EVP_PKEY_CTX_new_from_name,
                       (OSSL_LIB_CTX * library, const char* name, const char* properties), (library, name, properties))
LIVEBLOCKS_TESTS_GIVES(EVP_PKEY_CTX*, EVP_PKEY_CTX_new_from_pkey,
                       (OSSL_LIB_CTX * library, EVP_PKEY* key, const char* properties), (library, key, properties))
LIVEBLOCKS_TESTS_GIVES(EVP_PKEY_CTX*, EVP_PKEY_CTX_dup, (const EVP_PKEY_CTX* context), (context))
LIVEBLOCKS_TESTS_TAKES(EVP_PKEY_CTX_free, EVP_PKEY_CTX*)
LIVEBLOCKS_TESTS_FAULTY(int, EVP_PKEY_CTX_set_rsa_padding, (EVP_PKEY_CTX * context, int padding), (context, padding), 0,
                        -1, -2)
LIVEBLOCKS_TESTS_FAULTY(int, EVP_PKEY_CTX_set_signature_md, (EVP_PKEY_CTX * context, const EVP_MD* digest),
                        (context, digest), 0, -1, -2)
LIVEBLOCKS_TESTS_FAULTY(int, EVP_PKEY_public_check, (EVP_PKEY_CTX * context), (context), 0, -1, -2)
LIVEBLOCKS_TESTS_FAULTY(int, EVP_PKEY_verify_init, (EVP_PKEY_CTX * context), (context), 0, -1, -2)
LIVEBLOCKS_TESTS_FAULTY(int, EVP_PKEY_verify,
                        (EVP_PKEY_CTX * context, Bytes signature, std::size_t size, Bytes data, std::size_t count),
                        (context, signature, size, data, count), 0, -1, -2)
