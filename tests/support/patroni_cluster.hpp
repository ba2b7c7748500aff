#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/process.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {

// A highly available PostgreSQL of the test's own: three nodes, each a Patroni and its server, and
// an etcd that they agree by, all of them an ordinary user's, in a temporary folder, on loopback. A
// commit is told when one standby has it, too (synchronous_mode), and only that one takes over. One
// thread at a time.
class PatroniCluster {
 public:
  static constexpr std::size_t kNodes = 3;
  static constexpr const char* kNotInstalled =
      "skipped: Patroni, etcd or PostgreSQL is not installed (packages patroni, etcd-server, "
      "postgresql)";
  static bool is_installed();

  // Whole when it returns. Throws std::runtime_error.
  PatroniCluster();
  ~PatroniCluster();

  // Of its database, on whichever node may be written: all hosts, in their order.
  std::string url() const;
  // Of that on one node, if it may be written.
  std::string url(std::size_t node) const;

  // Which node leads, as the nodes other than this one tell; nullopt: none, or a host that is dead.
  std::optional<std::size_t> leader(std::optional<std::size_t> other_than = {}) const;

  // Until one leads, one is its synchronous standby and the third follows. Throws
  // std::runtime_error if that takes longer than a minute.
  void await_whole() const;

  // The host of a node: all of its processes get the signal, SIGKILL, SIGSTOP or SIGCONT.
  void signal(std::size_t node, int number);
  // After SIGKILL.
  void start(std::size_t node);

  // What all of it has told, for who wants to know why a test failed.
  std::string told() const;

 private:
  struct Node {
    std::filesystem::path folder;
    std::uint16_t port = 0;  // of the server
    std::uint16_t rest = 0;  // of Patroni
    std::unique_ptr<Process> patroni;
    bool is_stopped = false;
  };

  void configure(std::size_t node, std::uint16_t etcd) const;
  nlohmann::json members(const Node& node) const;
  bool is_whole() const;
  static std::vector<pid_t> processes_of(const Node& node);

  TemporaryDirectory directory_;
  std::unique_ptr<Process> guard_;
  std::unique_ptr<Process> etcd_;
  std::vector<Node> nodes_;
};

}  // namespace nbasync::testing
