#include "crypto/rsa_public_key.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "core/base64.hpp"
#include "core/pasted_value.hpp"
#include "core/text.hpp"
#include "core/wipe.hpp"
#include "crypto/roca.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {
namespace {

using Number = Handle<BIGNUM>;

Error internal() { return {Errc::internal, "OpenSSL cannot verify RS256 signatures in this process"}; }

Number toNumber(std::string_view bigEndian) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(bigEndian.data());
  return Number(BN_bin2bn(bytes, static_cast<int>(bigEndian.size()), nullptr));
}

/// Why the numbers are refused; null when they are fine.
const char* problemOf(const BIGNUM& modulus, const BIGNUM& exponent, RsaSizes sizes) noexcept {
  if (BN_num_bits(&modulus) < sizes.min) return "an RSA key that is too short";
  if (BN_num_bits(&modulus) > sizes.max) return "an RSA key that is too long";
  if (BN_is_odd(&modulus) == 0) return "an RSA key with an even modulus";
  if (BN_is_odd(&exponent) == 0 || BN_is_one(&exponent) != 0) return "an RSA key with a forgeable exponent";
  if (BN_num_bits(&exponent) > 32) return "an RSA key with an oversized exponent";
  if (hasRocaFingerprint(modulus)) return "an RSA key that can be factored (CVE-2017-15361)";
  return nullptr;
}

Handle<EVP_PKEY> toKey(const BIGNUM& modulus, const BIGNUM& exponent) {
  const Handle<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  if (builder == nullptr || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, &modulus) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, &exponent) != 1) {
    return nullptr;
  }
  const Handle<OSSL_PARAM> numbers(OSSL_PARAM_BLD_to_param(builder.get()));
  const Handle<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  if (numbers == nullptr || context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, numbers.get()) != 1) {
    return nullptr;
  }
  return Handle<EVP_PKEY>(key);
}

/// OpenSSL's own opinion, which costs milliseconds: small factors, an exponent out of range. nullopt if it has none.
std::optional<bool> passesPublicCheck(EVP_PKEY& key) {
  const Handle<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_pkey(nullptr, &key, nullptr));
  const int outcome = context == nullptr ? -1 : EVP_PKEY_public_check(context.get());
  return outcome < 0 ? std::nullopt : std::optional<bool>(outcome == 1);
}

}  // namespace

Result<std::shared_ptr<const RsaPublicKey>> RsaPublicKey::fromNumbers(std::string_view modulus,
                                                                      std::string_view exponent, RsaSizes sizes) {
  constexpr std::size_t maxBytes = maxRsaBits / 8 + 1;
  if (modulus.size() > maxBytes || exponent.size() > maxBytes) {
    return Error{Errc::malformed, "an RSA key that is too long"};
  }
  const ErrorQueueGuard guard;
  const Number n = toNumber(modulus);
  const Number e = toNumber(exponent);
  if (n == nullptr || e == nullptr) return internal();
  if (const char* problem = problemOf(*n, *e, sizes)) return Error{Errc::malformed, problem};
  Handle<EVP_PKEY> key = toKey(*n, *e);
  if (key == nullptr) return internal();
  const std::optional<bool> passes = passesPublicCheck(*key);
  if (!passes) return internal();
  if (!*passes) return Error{Errc::malformed, "an RSA key whose numbers are not those of a key pair"};
  const std::shared_ptr<RsaPublicKey> result(new RsaPublicKey);
  if (!result->prepare(std::move(key))) return internal();
  return std::shared_ptr<const RsaPublicKey>(result);
}

bool RsaPublicKey::prepare(Handle<EVP_PKEY> key) {
  key_ = std::move(key);
  sha256_.reset(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  ready_.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
  const int signatureSize = EVP_PKEY_get_size(key_.get());
  if (signatureSize <= 0) return false;
  signatureSize_ = static_cast<std::size_t>(signatureSize);
  return sha256_ != nullptr && ready_ != nullptr && EVP_PKEY_verify_init(ready_.get()) == 1 &&
         EVP_PKEY_CTX_set_rsa_padding(ready_.get(), RSA_PKCS1_PADDING) == 1 &&
         EVP_PKEY_CTX_set_signature_md(ready_.get(), sha256_.get()) == 1;
}

RsaPublicKey::Verdict RsaPublicKey::verify(std::string_view message, std::string_view signature) const noexcept {
  if (signature.size() != signatureSize_) return Verdict::invalid;
  const ErrorQueueGuard guard;
  std::array<unsigned char, 32> digest{};
  if (EVP_Digest(message.data(), message.size(), digest.data(), nullptr, sha256_.get(), nullptr) != 1) {
    return Verdict::failed;
  }
  const Handle<EVP_PKEY_CTX> context(EVP_PKEY_CTX_dup(ready_.get()));
  if (context == nullptr) return Verdict::failed;
  const auto* bytes = reinterpret_cast<const unsigned char*>(signature.data());
  const int outcome = EVP_PKEY_verify(context.get(), bytes, signature.size(), digest.data(), digest.size());
  if (outcome == 1) return Verdict::valid;
  return outcome == 0 ? Verdict::invalid : Verdict::failed;
}

namespace {

using Bytes = const unsigned char*;
using Key = Handle<EVP_PKEY>;

constexpr std::size_t maxLength = 64 << 10;
constexpr std::string_view begin = "-----BEGIN ";
constexpr std::string_view end = "-----END ";
constexpr std::string_view dashes = "-----";
constexpr base64::Policy bodyEncoding{base64::Alphabet::either, base64::Padding::any, base64::TrailingBits::zero,
                                      " \t\n\v\f\r"};

Error refuse(const std::string& given) {
  return {Errc::malformed, "expected the PEM of an RSA public key, but got " + given};
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// What the text is, when one can tell at a glance that it is something else.
const char* foreignKind(std::string_view text) {
  if (text.empty()) return "nothing";
  if (text.front() == '{' || text.front() == '[') return "JSON: a JWK Set is read by KeySource::jwks()";
  return ascii::startsWith(text, begin) ? nullptr : pasted::kindOf(text);
}

/// What a PEM block with that label is, when it holds no public key.
const char* foreignLabel(std::string_view label) {
  if (contains(label, "PRIVATE KEY")) return "a private key";
  if (contains(label, "CERTIFICATE")) return "a certificate";
  if (label != "PUBLIC KEY" && label != "RSA PUBLIC KEY") return "a PEM block of another kind";
  return nullptr;
}

/// The text between the BEGIN and END lines, or the whole of a text without them.
Result<std::string_view> bodyOf(std::string_view text) {
  if (!contains(text, begin) && !contains(text, end)) return text;
  if (!ascii::startsWith(text, begin)) return refuse("a PEM block that does not start with its BEGIN line");
  text.remove_prefix(begin.size());
  const std::size_t labelSize = text.find(dashes);
  if (labelSize == std::string_view::npos) return refuse("a PEM block that is cut off");
  const std::string_view label = text.substr(0, labelSize);
  if (const char* kind = foreignLabel(label)) return refuse(kind);
  text.remove_prefix(label.size() + dashes.size());
  const std::string endLine = std::string(end).append(label).append(dashes);
  const std::size_t length = text.find(endLine);
  if (length == std::string_view::npos) return refuse("a PEM block without its END line");
  const std::string_view rest = ascii::trim(text.substr(length + endLine.size()));
  if (contains(rest, begin)) return refuse("more than one PEM block");
  if (!rest.empty()) return refuse("a PEM block with something behind it");
  return text.substr(0, length);
}

/// The text with escaped line ends (`\n`, `\\n`, a backslash before a real one) made real, and without quotes and white
/// space around it.
std::string_view unescape(std::string_view text, std::string& storage) {
  storage.reserve(text.size());
  while (!text.empty()) {
    const std::size_t escape = std::min(text.find('\\'), text.size());
    storage += text.substr(0, escape);
    text.remove_prefix(escape);
    const std::size_t after = std::min(text.find_first_not_of('\\'), text.size());
    const bool isLineEnd =
        after < text.size() && std::string_view("nr\n\r").find(text[after]) != std::string_view::npos;
    if (isLineEnd) {
      storage += '\n';
    } else {
      storage += text.substr(0, after);
    }
    text.remove_prefix(after + (isLineEnd ? 1 : 0));
  }
  return pasted::clean(storage);
}

EVP_PKEY* decodePkcs1(EVP_PKEY** key, Bytes* at, long size) { return d2i_PublicKey(EVP_PKEY_RSA, key, at, size); }

Key decodeWhole(EVP_PKEY* (*decode)(EVP_PKEY**, Bytes*, long), const std::string& der) {
  const auto* at = reinterpret_cast<Bytes>(der.data());
  const Bytes last = at + der.size();
  Key key(decode(nullptr, &at, static_cast<long>(der.size())));
  return at == last ? std::move(key) : nullptr;
}

/// Private keys of all formats are a sequence that begins with a version of one byte. (`d2i_AutoPrivateKey` would know
/// better, but clears the error queue.)
bool looksPrivate(std::string_view der) noexcept {
  constexpr std::string_view integerOfOneByte("\x02\x01", 2);
  if (der.size() < 2 || der.front() != '\x30') return false;
  const auto length = static_cast<unsigned char>(der[1]);
  const std::size_t content = length < 0x80 ? 2 : 2 + (length & 0x7FU);
  return content < der.size() && ascii::startsWith(der.substr(content), integerOfOneByte);
}

bool isCertificate(const std::string& der) {
  const auto* at = reinterpret_cast<Bytes>(der.data());
  X509* certificate = d2i_X509(nullptr, &at, static_cast<long>(der.size()));
  X509_free(certificate);
  return certificate != nullptr;
}

/// What DER is when it is no public key.
const char* foreignStructure(const std::string& der) {
  if (looksPrivate(der)) return "a private key";
  if (isCertificate(der)) return "a certificate";
  return "text that does not encode one: it may be cut off, damaged, or the modulus alone";
}

std::optional<std::string> numberOf(const EVP_PKEY& key, const char* name) {
  BIGNUM* raw = nullptr;
  if (EVP_PKEY_get_bn_param(&key, name, &raw) != 1) return std::nullopt;
  const Handle<BIGNUM> number(raw);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(raw)), '\0');
  BN_bn2bin(raw, reinterpret_cast<unsigned char*>(bytes.data()));
  return bytes;
}

Result<std::shared_ptr<const RsaPublicKey>> checked(const EVP_PKEY& key) {
  if (EVP_PKEY_is_a(&key, "RSA") != 1) return refuse("a public key of another algorithm");
  const auto modulus = numberOf(key, OSSL_PKEY_PARAM_RSA_N);
  const auto exponent = numberOf(key, OSSL_PKEY_PARAM_RSA_E);
  if (!modulus || !exponent) return Error{Errc::internal, "OpenSSL does not give the numbers of an RSA key"};
  auto result = RsaPublicKey::fromNumbers(*modulus, *exponent, {2048, maxRsaBits});
  if (!result && result.error().code == Errc::malformed) return refuse(result.error().message);
  return result;
}

Result<std::shared_ptr<const RsaPublicKey>> readDer(const std::string& der) {
  const ErrorQueueGuard guard;
  Key key = decodeWhole(d2i_PUBKEY, der);
  if (key == nullptr) key = decodeWhole(decodePkcs1, der);
  if (key == nullptr) return refuse(foreignStructure(der));
  return checked(*key);
}

}  // namespace

Result<std::shared_ptr<const RsaPublicKey>> readRsaPublicKeyPem(std::string_view text) {
  if (text.size() > maxLength) return refuse("a text that is too long for any key");
  std::string unescaped;
  std::string der;
  // What was pasted may be a private key.
  const liveblocks::detail::WipeAtEnd wipeText(unescaped);
  const liveblocks::detail::WipeAtEnd wipeDer(der);
  text = unescape(text, unescaped);
  if (const auto problem = pasted::problemOf(text)) return refuse("one that " + *problem);
  if (const char* kind = foreignKind(text)) return refuse(kind);
  const Result<std::string_view> body = bodyOf(text);
  if (!body) return body.error();
  der.resize(base64::decodedSize(body->size()));
  const auto size = base64::decodeTo(*body, der.data(), bodyEncoding);
  if (!size) return refuse("text that is not base64");
  der.resize(*size);
  return readDer(der);
}

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
