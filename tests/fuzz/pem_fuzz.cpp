#include <memory>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "crypto/rsa_public_key.hpp"
#include "fuzz_input.hpp"
#include "fuzz_target.hpp"
#include "test_key.hpp"

using liveblocks_tests::sharedKey;
using liveblocks_tests::TestKey;

namespace {

const TestKey& otherKey() {
  static const TestKey key = TestKey::rsa(3072, 3);
  return key;
}

const std::string& privateKey() {
  static const std::string pem = sharedKey().privateKey();
  return pem;
}

/// The base64 between the lines that frame it.
std::string bodyOf(const std::string& pem) {
  std::string body;
  std::string_view rest = pem;
  while (!rest.empty()) {
    const std::string_view line = fuzzing::takeLine(rest);
    if (line.substr(0, 5) != "-----") body += line;
  }
  return body;
}

std::string replaced(std::string text, char from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, 1, to);
  }
  return text;
}

/// The parts of a private key that its public half lacks: all but the first quarter, which holds the modulus.
const fuzzing::SecretParts& secrets() {
  static const fuzzing::SecretParts parts = [] {
    fuzzing::SecretParts result;
    const std::string body = bodyOf(privateKey());
    result.add(std::string_view(body).substr(body.size() / 2));
    return result;
  }();
  return parts;
}

struct Origin {
  std::string numbers;
  std::string signature;
};

/// The keys in the seeds: the modulus and the exponent, and what each has signed.
const std::vector<Origin>& origins() {
  static const std::vector<Origin> result = [] {
    std::vector<Origin> list;
    for (const TestKey* key : {&sharedKey(), &otherKey()}) {
      list.push_back({key->modulus() + key->exponent(), key->sign("message")});
    }
    return list;
  }();
  return result;
}

void appendNumber(std::string& bytes, const EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) return;
  std::string next(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, reinterpret_cast<unsigned char*>(next.data()));
  BN_free(number);
  bytes += next;
}

/// The modulus and the exponent that OpenSSL's own reader finds; empty when it finds none.
std::string numbersByOpenssl(std::string_view text) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())),
                                                      BIO_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  std::string numbers;
  if (key != nullptr) {
    appendNumber(numbers, key.get(), OSSL_PKEY_PARAM_RSA_N);
    appendNumber(numbers, key.get(), OSSL_PKEY_PARAM_RSA_E);
  }
  ERR_clear_error();
  return numbers;
}

void checkKey(const liveblocks::crypto::RsaPublicKey& key, std::string_view text) {
  const std::string numbers = numbersByOpenssl(text);
  for (const Origin& origin : origins()) {
    const auto verdict = key.verify("message", origin.signature);
    const bool isOrigin = verdict == liveblocks::crypto::RsaPublicKey::Verdict::valid;
    fuzzing::require(numbers.empty() || isOrigin == (numbers == origin.numbers));
  }
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  const std::string spki = sharedKey().spki();
  return {spki,
          sharedKey().pkcs1(),
          otherKey().pkcs1(),
          bodyOf(spki),
          '"' + replaced(spki, '\n', "\\n") + '"',
          replaced(spki, '\n', "\r\n"),
          TestKey::elliptic().spki(),
          privateKey(),
          sharedKey().certificate(),
          spki + otherKey().spki()};
}

/// A text that is read as a key is the key that OpenSSL's own reader finds, if that finds one. A text that is refused
/// is not repeated. No private key and no certificate is read, and OpenSSL's error queue stays empty.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzzing::view(data, size);
  const auto key = liveblocks::crypto::readRsaPublicKeyPem(text);
  fuzzing::require(ERR_peek_error() == 0);
  if (!key) {
    fuzzing::require(key.error().message.size() < 256 && !secrets().areIn(key.error().message));
    return 0;
  }
  for (const char* foreign : {"PRIVATE KEY-----", "CERTIFICATE-----"}) {
    fuzzing::require(text.find(foreign) == std::string_view::npos);
  }
  checkKey(**key, text);
  return 0;
}
