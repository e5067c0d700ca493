/// Certificates made while the tests run.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include <openssl/ssl.h>

namespace liveblocks_tests {

struct KeyDeleter {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct CertificateDeleter {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
struct ContextDeleter {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyDeleter>;
using Certificate = std::unique_ptr<X509, CertificateDeleter>;

/// What a server's certificate says.
struct CertificateSpec {
  std::string host = "localhost";
  /// Seconds from now.
  long validFrom = -3600;
  long validUntil = 3600;
  bool selfSigned = false;
  int maxTlsVersion = TLS1_3_VERSION;
  /// What the server chooses by ALPN (RFC 7301).
  std::string protocol = "http/1.1";
};

/// The certificate and key of a server.
class TlsIdentity {
 public:
  TlsIdentity(SSL_CTX* context, std::string protocol) : context_(context), protocol_(std::move(protocol)) {}

  SSL_CTX* serverContext() const { return context_.get(); }
  const std::string& protocol() const { return protocol_; }

 private:
  std::unique_ptr<SSL_CTX, ContextDeleter> context_;
  std::string protocol_;
};

/// A certificate authority of the test's own.
class CertificateAuthority {
 public:
  CertificateAuthority();
  CertificateAuthority(const CertificateAuthority&) = delete;
  CertificateAuthority& operator=(const CertificateAuthority&) = delete;
  /// Removes its file.
  ~CertificateAuthority();

  /// A file with its certificate in PEM.
  const std::string& file() const { return file_; }

  std::shared_ptr<const TlsIdentity> issue(const CertificateSpec& spec = {}) const;

 private:
  Key key_;
  Certificate certificate_;
  std::string file_;
};

}  // namespace liveblocks_tests
