#include "support/patroni_cluster.hpp"

#include <poll.h>
#include <sys/syscall.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "support/file_text.hpp"
#include "support/free_port.hpp"
#include "support/ordinary_user.hpp"
#include "support/postgres_server.hpp"
#include "support/raw_connection.hpp"

namespace nbasync::testing {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* kEtcd = "/usr/bin/etcd";
constexpr const char* kPatroni = "/usr/bin/patroni";
constexpr std::chrono::seconds kPatience{60};

// As fast as Patroni lets it be (later versions take 20 s for the first): who is silent for `ttl`
// leads no more.
constexpr const char* kBootstrap = R"(
bootstrap:
  dcs:
    ttl: 5
    loop_wait: 1
    retry_timeout: 2
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      parameters: {max_connections: 100, shared_buffers: 16MB}
  initdb: [{encoding: UTF8}, {locale: C.UTF-8}, {auth: trust}, no-sync]
)";

// A server is no child of its Patroni's, so nobody ends it with this program, however that ends.
constexpr const char* kGuard =
    "tail --pid=\"$1\" -f /dev/null; for file in \"$0\"/*/data/postmaster.pid; do read -r pid "
    "<\"$file\" && kill -QUIT \"$pid\" && kill -CONT \"$pid\"; done";

// Whatever it tells goes to a file: with a pipe that nobody reads it would stand still one day.
std::unique_ptr<Process> run(const std::vector<std::string>& command, const fs::path& folder) {
  std::vector<std::string> all{"sh", "-c", "exec \"$@\" >>\"$0\" 2>&1", folder / "told"};
  all.insert(all.end(), command.begin(), command.end());
  return std::make_unique<Process>(as_ordinary_user(all, "KILL"));
}

std::string address(std::uint16_t port) { return "127.0.0.1:" + std::to_string(port); }

std::string url_of(const std::string& hosts) {
  return "postgresql://postgres@" + hosts + "/postgres?target_session_attrs=read-write";
}

// The body of an answer, whose end is the connection's; empty if none comes.
std::string get(std::uint16_t port, const std::string& target) {
  try {
    auto connection = RawConnection::to_port(port);
    connection.send("GET " + target + " HTTP/1.0\r\n\r\n");
    connection.wait_for_close(milliseconds(1'000));
    const auto answer = connection.read_until({});
    const auto head = answer.find("\r\n\r\n");
    return head == std::string::npos ? "" : answer.substr(head + 4);
  } catch (const std::exception&) {
    return {};
  }
}

void pause() { ::poll(nullptr, 0, 50); }

// Those that are there now, as the kernel has them.
std::vector<pid_t> children_of(pid_t pid) {
  const auto id = std::to_string(pid);
  std::ifstream file("/proc/" + id + "/task/" + id + "/children");
  return {std::istream_iterator<pid_t>(file), {}};
}

void await_end(pid_t pid) {
  const UniqueFd end(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  pollfd polled{end.get(), POLLIN, 0};
  if (end) ::poll(&polled, 1, 10'000);
}

}  // namespace

bool PatroniCluster::is_installed() {
  return ::access(kEtcd, X_OK) == 0 && ::access(kPatroni, X_OK) == 0 && PostgresServer::programs();
}

PatroniCluster::PatroniCluster() {
  const auto& folder = directory_.path();
  const auto ports = free_ports(2 + 2 * kNodes);
  give_to_ordinary_user(folder);
  const auto make_folder = [&](const std::string& name) {
    fs::create_directory(folder / name);
    give_to_ordinary_user(folder / name);
    return folder / name;
  };
  guard_ = std::make_unique<Process>(
      as_ordinary_user({"sh", "-c", kGuard, folder, std::to_string(::getpid())}, "clear"));
  const auto etcd = make_folder("etcd");
  const auto client = "http://" + address(ports[0]);
  const auto peer = "http://" + address(ports[1]);
  // Version 2 of its protocol: by that of version 3 a Patroni that stood still for a while goes on
  // with what it saw before, for ever.
  etcd_ =
      run({kEtcd, "--enable-v2", "--name", "one", "--data-dir", etcd / "data",
           "--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls",
           peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", "one=" + peer},
          etcd);
  const auto deadline = steady_clock::now() + kPatience;
  while (get(ports[0], "/health").find("true") == std::string::npos) {
    if (steady_clock::now() > deadline) throw std::runtime_error("etcd: " + told());
    pause();
  }
  for (std::size_t node = 0; node < kNodes; ++node) {
    const auto name = "node" + std::to_string(node);
    nodes_.push_back({make_folder(name), ports[2 + 2 * node], ports[3 + 2 * node], {}});
    configure(node, ports[0]);
    start(node);
  }
  await_whole();
}

PatroniCluster::~PatroniCluster() {
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    const auto all = processes_of(nodes_[node]);
    nodes_[node].patroni.reset();
    // A server that ends by itself takes its shared memory away.
    for (const auto pid : all) ::kill(pid, SIGQUIT);
    for (const auto pid : all) ::kill(pid, SIGCONT);
    for (const auto pid : all) await_end(pid);
  }
}

void PatroniCluster::configure(std::size_t node, std::uint16_t etcd) const {
  const auto& [folder, port, rest, patroni, is_stopped] = nodes_[node];
  std::ofstream(folder / "patroni.yml")
      << "scope: nba\nname: node" << node << "\nrestapi: {listen: '" << address(rest)
      << "', connect_address: '" << address(rest) << "'}\netcd: {host: '" << address(etcd) << "'}"
      << kBootstrap << "postgresql:\n  listen: " << address(port)
      << "\n  connect_address: " << address(port) << "\n  data_dir: " << folder / "data"
      << "\n  bin_dir: " << *PostgresServer::programs() << "\n  pgpass: " << folder / "pgpass"
      << "\n  authentication:\n    superuser: {username: postgres, password: x}\n"
      << "    replication: {username: replicator, password: x}\n"
      << "  pg_hba: [local all all trust, host all all 127.0.0.1/32 trust, "
      << "host replication all 127.0.0.1/32 trust]\n"
      << "  parameters: {unix_socket_directories: " << folder
      << ", logging_collector: 'on', fsync: 'off', log_checkpoints: 'off'}\n";
}

std::string PatroniCluster::url() const {
  std::string hosts;
  for (const auto& node : nodes_) hosts += (hosts.empty() ? "" : ",") + address(node.port);
  return url_of(hosts);
}

std::string PatroniCluster::url(std::size_t node) const {
  return url_of(address(nodes_[node].port));
}

nlohmann::json PatroniCluster::members(const Node& node) const {
  if (node.is_stopped || !node.patroni) return nlohmann::json::array();
  const auto cluster = nlohmann::json::parse(get(node.rest, "/cluster"), nullptr, false);
  return cluster.is_object() ? cluster.value("members", nlohmann::json::array())
                             : nlohmann::json::array();
}

std::optional<std::size_t> PatroniCluster::leader(std::optional<std::size_t> other_than) const {
  for (const auto& node : nodes_) {
    for (const auto& member : members(node)) {
      if (member.value("role", "") != "leader" || member.value("state", "") != "running") continue;
      const auto found = static_cast<std::size_t>(member.value("name", "node9").back() - '0');
      if (found < kNodes && found != other_than && !nodes_[found].is_stopped) return found;
    }
  }
  return std::nullopt;
}

bool PatroniCluster::is_whole() const {
  std::size_t leaders = 0;
  std::size_t synchronous = 0;
  std::size_t standbys = 0;
  for (const auto& member : members(nodes_.front())) {
    const auto role = member.value("role", "");
    const auto state = member.value("state", "");
    if (state != "running" && state != "streaming") continue;
    if (role == "leader") {
      ++leaders;
    } else if (member.contains("lag") && member.at("lag") == 0) {
      ++(role == "sync_standby" ? synchronous : standbys);
    }
  }
  return leaders == 1 && synchronous == 1 && standbys == 1;
}

void PatroniCluster::await_whole() const {
  const auto deadline = steady_clock::now() + kPatience;
  while (!is_whole()) {
    if (steady_clock::now() > deadline) throw std::runtime_error("it is not whole: " + told());
    pause();
  }
}

// Patroni first: it would start its server again.
std::vector<pid_t> PatroniCluster::processes_of(const Node& node) {
  std::vector<pid_t> all;
  if (node.patroni) all.push_back(node.patroni->pid());
  pid_t postmaster = 0;
  std::ifstream(node.folder / "data" / "postmaster.pid") >> postmaster;
  if (postmaster == 0 || children_of(postmaster).empty()) return all;
  all.push_back(postmaster);
  for (const auto child : children_of(postmaster)) all.push_back(child);
  return all;
}

void PatroniCluster::signal(std::size_t node, int number) {
  for (const auto pid : processes_of(nodes_[node])) ::kill(pid, number);
  nodes_[node].is_stopped = number == SIGSTOP;
  if (number == SIGKILL) nodes_[node].patroni.reset();
}

void PatroniCluster::start(std::size_t node) {
  const auto& folder = nodes_[node].folder;
  nodes_[node].patroni = run({kPatroni, folder / "patroni.yml"}, folder);
}

std::string PatroniCluster::told() const {
  std::string all;
  for (const auto& entry : fs::directory_iterator(directory_.path())) {
    const auto text = file_text(entry.path() / "told");
    all += entry.path().string() + ":\n" +
           text.substr(text.size() - std::min<std::size_t>(text.size(), 4'000));
  }
  return all;
}

}  // namespace nbasync::testing
