#include "crypto/rsa_pem.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/x509.h>

#include "ascii.hpp"
#include "base64url.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace crypto {
namespace {

using Bytes = const unsigned char*;
using Key = Handle<EVP_PKEY>;

constexpr std::size_t maxLength = 64 << 10;
constexpr std::string_view begin = "-----BEGIN ";
constexpr std::string_view end = "-----END ";
constexpr std::string_view dashes = "-----";

/// What was pasted may be a private key: leaves no copy behind.
struct WipeAtEnd {
  std::string& text;
  ~WipeAtEnd() { OPENSSL_cleanse(text.data(), text.size()); }
};

Error refuse(const std::string& given) {
  return {Errc::malformed, "expected the PEM of an RSA public key, but got " + given};
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

std::string_view trimQuotes(std::string_view text) {
  text = ascii::trim(text);
  for (const char quote : {'"', '\''}) {
    if (text.size() >= 2 && text.front() == quote && text.back() == quote) return text.substr(1, text.size() - 2);
  }
  return text;
}

/// What the text is, when one can tell at a glance that it is something else.
const char* foreignKind(std::string_view text) {
  if (text.empty()) return "nothing";
  if (text.front() == '{' || text.front() == '[') return "JSON: a JWK Set is read by KeySource::jwks()";
  if (ascii::startsWith(text, "sk_")) return "a secret key (sk_...)";
  if (ascii::startsWith(text, "pk_")) return "a publishable key (pk_...)";
  if (ascii::startsWith(text, "ssh-")) return "an SSH key";
  if (ascii::startsWith(text, "https://") || ascii::startsWith(text, "http://")) return "a URL";
  return nullptr;
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

/// The text with escaped line ends (`\n`) made real, and without quotes and white space around it.
std::string_view unescape(std::string_view text, std::string& storage) {
  storage.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    const bool escape = text[i] == '\\' && (next == 'n' || next == 'r');
    storage += escape ? '\n' : text[i];
    if (escape) ++i;
  }
  return ascii::trim(trimQuotes(storage));
}

/// The body in base64url, without white space and padding.
void normalize(std::string_view body, std::string& base64) {
  base64.reserve(body.size());
  for (const char c : body) {
    if (!ascii::isSpace(c)) base64 += c == '+' ? '-' : c == '/' ? '_' : c;
  }
  base64.resize(base64.find_last_not_of('=') + 1);
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
  std::string base64;
  std::string der;
  const std::array<WipeAtEnd, 3> wipes{{{unescaped}, {base64}, {der}}};
  text = unescape(text, unescaped);
  if (const char* kind = foreignKind(text)) return refuse(kind);
  const Result<std::string_view> body = bodyOf(text);
  if (!body) return body.error();
  normalize(*body, base64);
  der.resize(base64url::decodedSize(base64.size()));
  if (!base64url::decodeTo(base64, der.data())) return refuse("text that is not base64");
  return readDer(der);
}

}  // namespace crypto
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
