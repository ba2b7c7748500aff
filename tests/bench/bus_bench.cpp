// Calls over D-Bus, one after the other: bus_bench CALLS NAME, of the names below. Prints the
// median in microseconds. Asks the system bus.

#include <systemd/sd-bus.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct Call {
  const char* name;
  const char* service;
  const char* path;
  const char* interface;
  const char* member;
};

constexpr Call kCalls[] = {
    {"Status", "org.nbasync.Sync1", "/org/nbasync/Sync1", "org.nbasync.Sync1.Manager", "Status"},
    {"Ping", "org.nbasync.Sync1", "/org/nbasync/Sync1", "org.freedesktop.DBus.Peer", "Ping"},
    {"GetId", "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetId"},
};

double median_of(sd_bus* bus, const Call& call, int count) {
  std::vector<double> micros;
  for (int i = 0; i < count; ++i) {
    sd_bus_message* reply = nullptr;
    sd_bus_error error = SD_BUS_ERROR_NULL;
    const auto start = std::chrono::steady_clock::now();
    if (sd_bus_call_method(bus, call.service, call.path, call.interface, call.member, &error,
                           &reply, "") < 0) {
      throw std::runtime_error(error.message);
    }
    micros.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
            .count());
    sd_bus_message_unref(reply);
  }
  std::nth_element(micros.begin(), micros.begin() + count / 2, micros.end());
  return micros[static_cast<std::size_t>(count / 2)];
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw std::invalid_argument("usage: bus_bench CALLS Status|Ping|GetId");
  sd_bus* bus = nullptr;
  if (sd_bus_open_system(&bus) < 0) throw std::runtime_error("there is no bus");
  for (const auto& call : kCalls) {
    if (std::string(call.name) == argv[2])
      std::printf("%.1f\n", median_of(bus, call, std::atoi(argv[1])));
  }
  sd_bus_unref(bus);
} catch (const std::exception& error) {
  std::fprintf(stderr, "bus_bench: %s\n", error.what());
  return EXIT_FAILURE;
}
