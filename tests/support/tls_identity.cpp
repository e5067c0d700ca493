#include "tls_identity.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace liveblocks_tests {
namespace {

void require(bool ok) {
  if (!ok) throw std::runtime_error("OpenSSL cannot make a certificate");
}

Key makeKey() {
  Key key(EVP_EC_gen("P-256"));
  require(key != nullptr);
  return key;
}

void addExtension(X509* certificate, int nid, const std::string& value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
  require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

/// Signed by `issuerKey`; self-signed when `issuer` is null.
Certificate makeCertificate(const CertificateSpec& spec, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuerKey,
                            const char* basicConstraints) {
  static long serial = 0;
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), spec.validFrom);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), spec.validUntil);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  const auto* text = reinterpret_cast<const unsigned char*>(spec.host.c_str());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0);
  X509_set_issuer_name(certificate.get(), issuer == nullptr ? name : X509_get_subject_name(issuer));
  addExtension(certificate.get(), NID_basic_constraints, basicConstraints);
  addExtension(certificate.get(), NID_subject_alt_name, "DNS:" + spec.host);
  require(X509_sign(certificate.get(), issuerKey, EVP_sha256()) > 0);
  return certificate;
}

std::string writePem(X509* certificate) {
  std::string path = (std::filesystem::temp_directory_path() / ("liveblocks-ca-" + std::string(6, 'X'))).string();
  const int descriptor = ::mkstemp(path.data());
  std::FILE* file = descriptor < 0 ? nullptr : ::fdopen(descriptor, "w");
  require(file != nullptr && PEM_write_X509(file, certificate) == 1);
  std::fclose(file);
  return path;
}

int chooseProtocol(SSL*, const unsigned char** out, unsigned char* outSize, const unsigned char* offered,
                   unsigned int offeredSize, void* identity) {
  const std::string& protocol = static_cast<const TlsIdentity*>(identity)->protocol();
  for (unsigned int i = 0; i < offeredSize; i += offered[i] + 1U) {
    if (std::string(offered + i + 1, offered + i + 1 + offered[i]) != protocol) continue;
    *out = offered + i + 1;
    *outSize = offered[i];
    return SSL_TLSEXT_ERR_OK;
  }
  return SSL_TLSEXT_ERR_NOACK;
}

}  // namespace

CertificateAuthority::CertificateAuthority()
    : key_(makeKey()),
      certificate_(makeCertificate({"Test authority"}, key_.get(), nullptr, key_.get(), "critical,CA:TRUE")),
      file_(writePem(certificate_.get())) {}

CertificateAuthority::~CertificateAuthority() { std::remove(file_.c_str()); }

std::shared_ptr<const TlsIdentity> CertificateAuthority::issue(const CertificateSpec& spec) const {
  const Key key = makeKey();
  const Certificate certificate = makeCertificate(spec, key.get(), spec.selfSigned ? nullptr : certificate_.get(),
                                                  spec.selfSigned ? key.get() : key_.get(), "critical,CA:FALSE");
  auto identity = std::make_shared<TlsIdentity>(SSL_CTX_new(TLS_server_method()), spec.protocol);
  SSL_CTX* context = identity->serverContext();
  require(context != nullptr && SSL_CTX_use_certificate(context, certificate.get()) == 1 &&
          SSL_CTX_use_PrivateKey(context, key.get()) == 1);
  if (spec.maxTlsVersion < TLS1_2_VERSION) {
    SSL_CTX_set_security_level(context, 0);
    require(SSL_CTX_set_min_proto_version(context, TLS1_VERSION) == 1);
  }
  require(SSL_CTX_set_max_proto_version(context, spec.maxTlsVersion) == 1);
  SSL_CTX_set_alpn_select_cb(context, chooseProtocol, identity.get());
  return identity;
}

}  // namespace liveblocks_tests
