/// A gRPC server with TLS behind a session guard, and a client. Without generated code: requests and responses are
/// text.
#pragma once

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <liveblocks/adapters/grpc.hpp>

#include <atomic>
#include <cstddef>
#include <fstream>
#include <functional>
#include <future>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <openssl/bio.h>
#include <openssl/pem.h>

#include "tls_identity.hpp"

namespace liveblocks_tests {

inline grpc::ByteBuffer bufferOf(const std::string& text) {
  const grpc::Slice slice(text);
  return {&slice, 1};
}

inline std::string textOf(const grpc::ByteBuffer& buffer) {
  grpc::Slice slice;
  if (!buffer.DumpToSingleSlice(&slice).ok()) throw std::runtime_error("a message cannot be read");
  return {reinterpret_cast<const char*>(slice.begin()), slice.size()};
}

/// Responds to each call of any method with the id of the user, or ends it with the status of the error.
class WhoService : public grpc::CallbackGenericService {
 public:
  using Guard = liveblocks::adapters::GrpcSessionGuard;

  explicit WhoService(std::shared_ptr<const Guard> guard) : guard_(std::move(guard)) {}

  /// How many calls got here.
  int calls() const { return calls_; }

  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    ++calls_;
    return new Call(respond(*context));
  }

 private:
  struct Answer {
    grpc::Status status;
    grpc::ByteBuffer message;
  };

  class Call : public grpc::ServerGenericBidiReactor {
   public:
    explicit Call(Answer answer) : answer_(std::move(answer)) {
      if (answer_.status.ok()) {
        StartWriteAndFinish(&answer_.message, grpc::WriteOptions(), grpc::Status::OK);
      } else {
        Finish(answer_.status);
      }
    }
    void OnDone() override { delete this; }

   private:
    Answer answer_;
  };

  static grpc::Status ask(const Guard* guard, const grpc::ServerContextBase& context, std::string& response) {
    // grpc.md handler: begin
    const auto session = guard->session(context);
    if (!session) return liveblocks::adapters::grpcStatus(session.error());
    response = session->userId();
    return grpc::Status::OK;
    // grpc.md handler: end
  }

  Answer respond(const grpc::CallbackServerContext& context) const {
    std::string response;
    grpc::Status status = ask(guard_.get(), context, response);
    return {std::move(status), bufferOf(response)};
  }

  std::shared_ptr<const Guard> guard_;
  std::atomic<int> calls_{0};
};

struct Reply {
  grpc::Status status;
  std::string text;
};

class GrpcServer {
 public:
  using Guard = liveblocks::adapters::GrpcSessionGuard;

  explicit GrpcServer(const std::shared_ptr<Guard>& guard) : GrpcServer(guard, guard) {}

  /// With another processor, the guard is only asked by the service.
  GrpcServer(const std::shared_ptr<const Guard>& asked, const std::shared_ptr<grpc::AuthMetadataProcessor>& guard)
      : service_(asked) {
    const auto identity = authority_.issue();
    const grpc::SslServerCredentialsOptions options = optionsOf(*identity);
    const std::string address = "127.0.0.1:0";
    int port = 0;
    // grpc.md server: begin
    const auto credentials = grpc::SslServerCredentials(options);
    credentials->SetAuthMetadataProcessor(guard);
    grpc::ServerBuilder builder;
    builder.AddListeningPort(address, credentials, &port);
    // grpc.md server: end
    builder.RegisterCallbackGenericService(&service_);
    server_ = builder.BuildAndStart();
    if (!server_) throw std::runtime_error("the gRPC server cannot listen");
    target_ = "127.0.0.1:" + std::to_string(port);
    channel_ = connect();
  }
  GrpcServer(const GrpcServer&) = delete;
  GrpcServer& operator=(const GrpcServer&) = delete;
  ~GrpcServer() { server_->Shutdown(); }

  int calls() const { return service_.calls(); }

  /// Calls a method over the one connection of this object, with these values of `authorization`.
  Reply call(const std::vector<std::string>& authorization, const std::string& method = "/tests.Who/Ask") const {
    grpc::ClientContext context;
    for (const std::string& value : authorization) context.AddMetadata("authorization", value);
    grpc::GenericStub stub(channel_);
    const grpc::ByteBuffer request = bufferOf("who am I?");
    grpc::ByteBuffer response;
    std::promise<grpc::Status> done;
    stub.UnaryCall(&context, method, {}, &request, &response,
                   [&done](grpc::Status status) { done.set_value(std::move(status)); });
    const grpc::Status status = done.get_future().get();
    return {status, status.ok() ? textOf(response) : ""};
  }

 private:
  static std::string pemOf(const std::function<int(BIO*)>& write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), BIO_free);
    if (!memory || write(memory.get()) != 1) throw std::runtime_error("no PEM can be written");
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
  }

  static grpc::SslServerCredentialsOptions optionsOf(const TlsIdentity& identity) {
    const SSL_CTX* context = identity.serverContext();
    grpc::SslServerCredentialsOptions options;
    options.pem_key_cert_pairs.push_back(
        {pemOf([&](BIO* out) {
           return PEM_write_bio_PrivateKey(out, SSL_CTX_get0_privatekey(context), nullptr, nullptr, 0, nullptr,
                                           nullptr);
         }),
         pemOf([&](BIO* out) { return PEM_write_bio_X509(out, SSL_CTX_get0_certificate(context)); })});
    return options;
  }

  std::shared_ptr<grpc::Channel> connect() const {
    std::ifstream file(authority_.file());
    grpc::SslCredentialsOptions options;
    options.pem_root_certs.assign(std::istreambuf_iterator<char>(file), {});
    grpc::ChannelArguments arguments;
    arguments.SetSslTargetNameOverride("localhost");
    return grpc::CreateCustomChannel(target_, grpc::SslCredentials(options), arguments);
  }

  CertificateAuthority authority_;
  WhoService service_;
  std::unique_ptr<grpc::Server> server_;
  std::string target_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace liveblocks_tests
