#include "run_files.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>

#include "catch.hpp"
#include "vector_files.hpp"

using liveblocks_tests::sharedKey;
using namespace vectors_tests;
using nlohmann::json;

namespace {

/// A file that is gone at the end.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content)
      : path_(std::filesystem::temp_directory_path() / ("vectors-" + hexOf(sharedKey().sign(content).substr(0, 8)))) {
    std::ofstream(path_) << content;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }

  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

struct Run {
  explicit Run(const std::vector<std::string>& paths) : exitCode(vectors::runFiles(paths, out, errors)) {}

  std::ostringstream out;
  std::ostringstream errors;
  int exitCode;
};

json goodCase() { return signatureCase(1, "message", sharedKey().sign("message"), "valid"); }
json wrongCase() { return signatureCase(2, "message", sharedKey().sign("other"), "valid"); }

}  // namespace

TEST_CASE("a line tells what became of a file") {
  const TemporaryFile file(signatureFile({goodCase()}).dump());
  const Run run({file.path()});
  CHECK(run.exitCode == 0);
  CHECK(run.out.str() == file.path() +
                             ": 1 cases, 1 agreed, 0 valid ones refused on purpose, "
                             "0 disagreements\n");
  CHECK(run.errors.str().empty());
}

TEST_CASE("a disagreement is told with its comment and flags, and fails") {
  const TemporaryFile good(signatureFile({goodCase()}).dump());
  const TemporaryFile wrong(signatureFile({goodCase(), wrongCase()}).dump());
  const Run run({wrong.path(), good.path()});
  CHECK(run.exitCode == 1);
  CHECK(run.out.str().find("2 cases, 1 agreed") != std::string::npos);
  CHECK(run.out.str().find("\n  case 2 \"case 2\" A: valid by the file, but: the signature is not valid\n") !=
        std::string::npos);
  CHECK(run.out.str().find(good.path()) != std::string::npos);
}

TEST_CASE("a file that cannot be run is named") {
  const TemporaryFile file(GENERATE(as<std::string>(), "", "{", "{}", R"({"testGroups":[{"type":"X"}]})"));
  const Run run({file.path()});
  CHECK(run.exitCode == 2);
  CHECK(run.errors.str().find(file.path() + ": ") == 0);
  CHECK(Run({"/no/such/file"}).errors.str() == "/no/such/file: it cannot be read\n");
}

TEST_CASE("help is printed, and nothing is run") {
  const Run run({"/no/such/file", GENERATE("--help", "-h")});
  CHECK(run.exitCode == 0);
  CHECK(run.out.str().find("Usage: run_vectors <file>...\n") == 0);
  CHECK(run.errors.str().empty());
}

TEST_CASE("no argument, or an unknown option, is an error that tells the usage") {
  const Run none({});
  CHECK(none.exitCode == 2);
  CHECK(none.out.str().empty());
  CHECK(none.errors.str().find("Usage: run_vectors <file>...\n") == 0);
  const Run unknown({"--verbose", "/no/such/file"});
  CHECK(unknown.exitCode == 2);
  CHECK(unknown.out.str().empty());
  CHECK(unknown.errors.str().find("There is no option --verbose.\nUsage: ") == 0);
}
