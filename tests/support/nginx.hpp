#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/process.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {

// A real nginx that passes on what it is asked at `front()` to the daemon at the other socket, with
// no other word about it than proxy_pass. One process, which runs as who the test runs as.
class Nginx {
 public:
  static bool is_there() { return ::access(kProgram, X_OK) == 0; }

  // Listens when it returns. Throws std::runtime_error.
  explicit Nginx(const std::filesystem::path& daemon_socket) {
    const auto file = directory_.path() / "nginx.conf";
    std::ofstream config(file);
    config << "daemon off;\nmaster_process off;\nerror_log stderr notice;\n"
           << "pid " << (directory_.path() / "pid").string() << ";\nevents {}\nhttp {\n"
           << "access_log off;\n";
    for (const auto* use : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
      config << use << "_temp_path " << (directory_.path() / use).string() << ";\n";
    }
    config << "server { listen unix:" << front() << ";\n"
           << "location / { proxy_pass http://unix:" << daemon_socket.string() << ":; } } }\n";
    config.close();
    process_ = std::make_unique<Process>(
        std::vector<std::string>{kProgram, "-e", "stderr", "-c", file.string()});
    if (!process_->wait_for("getrlimit")) throw std::runtime_error("nginx: " + process_->err());
  }

  std::string front() const { return directory_.path() / "front.sock"; }

 private:
  static constexpr const char* kProgram = "/usr/sbin/nginx";

  TemporaryDirectory directory_;
  std::unique_ptr<Process> process_;
};

}  // namespace nbasync::testing
