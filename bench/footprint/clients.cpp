/// A program that is ready to respond, and has nothing to do.
#include <exception>
#include <iostream>

#include <liveblocks/sdk.hpp>

#include "resident.hpp"

/// The arguments are the publishable key and the public key of a Clerk instance.
int main(int count, char** arguments) try {
  if (count != 3) return 1;
  const liveblocks::Liveblocks liveblocks({"sk_localdev"});
  liveblocks::clerk::ClientOptions options;
  options.publishableKey = arguments[1];
  options.jwtKey = arguments[2];
  options.authorizedParties = {"https://app.example.com"};
  const liveblocks::clerk::Client clerk(options);
  liveblocks_bench::printResident();
  return 0;
} catch (const std::exception& error) {
  std::cerr << "footprint_clients: " << error.what() << std::endl;
  return 1;
}
