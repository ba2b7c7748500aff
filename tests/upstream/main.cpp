// nbasync-upstream: the stand-in of the tests as a program, to try the daemon against by hand.
#include <pthread.h>

#include <csignal>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "support/stand_in.hpp"

namespace {

using nbasync::testing::StandIn;

void set_fault(StandIn& upstream, const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos) {
    throw std::invalid_argument(text + ": ENDPOINT=FAULT is wanted");
  }
  upstream.set_fault(text.substr(0, equals), std::string_view(text).substr(equals + 1));
}

void print_counts(const StandIn& upstream) {
  std::map<std::string, std::size_t> counts;
  for (const auto& seen : upstream.requests()) ++counts[std::string(seen.request.endpoint())];
  for (const auto& [endpoint, count] : counts) std::cout << endpoint << ' ' << count << '\n';
}

int run(int argc, char** argv) {
  CLI::App app("Serves replay files below /stats and /cdn as upstream would, or worse.");
  std::string directory;
  std::uint16_t port = 0;
  std::string port_file;
  std::vector<std::string> faults;
  app.add_option("--dir", directory, "directory of replay files")->required();
  app.add_option("--port", port, "port on 127.0.0.1 (default: a free one)");
  app.add_option("--port-file", port_file, "file to write the port to");
  app.add_option("--fault", faults,
                 "ENDPOINT=FAULT, where ENDPOINT may be *, or exact as in "
                 "teamgamelogs_2025-26_Misc; any number of them");
  app.footer("Faults, each with *N behind it for the first N requests only:\n" +
             nbasync::testing::fault_help());
  CLI11_PARSE(app, argc, argv);

  // Blocked before the first thread starts, so that only sigwait sees them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  StandIn upstream(directory, port);
  for (const auto& fault : faults) set_fault(upstream, fault);
  if (!port_file.empty()) std::ofstream(port_file) << upstream.port() << '\n';
  std::cout << "listening on " << upstream.address() << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  print_counts(upstream);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "nbasync-upstream: " << error.what() << '\n';
    return 1;
  }
}
