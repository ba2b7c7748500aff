// What sd-bus alone takes to write the reply of Status, value by value: message_bench TIMES. Prints
// the CPU of one in microseconds: the limit of whoever sends it. Asks the system bus once.

#include <systemd/sd-bus.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

void check(int result) {
  if (result < 0) throw std::runtime_error("sd-bus fails");
}

// One call that writes a part of a message.
struct Step {
  char type = 0;  // of a container that begins, or of a value; 0: a container ends
  bool is_container = false;
  std::string text = {};  // what is in the container, or the value
  std::uint64_t number = 0;
};

bool is_text(char type) { return type == 's' || type == 'o' || type == 'g'; }

// The calls that write what comes next of a message, up to the end of the container.
void read(sd_bus_message* message, std::vector<Step>& steps) {
  for (;;) {
    char type = 0;
    const char* contents = nullptr;
    const int more = sd_bus_message_peek_type(message, &type, &contents);
    check(more);
    if (more == 0) return;
    if (contents != nullptr) {
      check(sd_bus_message_enter_container(message, type, contents));
      steps.push_back({type, true, contents});
      read(message, steps);
      check(sd_bus_message_exit_container(message));
      steps.push_back({});
    } else if (is_text(type)) {
      const char* value = nullptr;
      check(sd_bus_message_read_basic(message, type, static_cast<void*>(&value)));
      steps.push_back({type, false, value});
    } else {
      std::uint64_t value = 0;
      check(sd_bus_message_read_basic(message, type, &value));
      steps.push_back({type, false, {}, value});
    }
  }
}

void write(sd_bus* bus, const std::vector<Step>& steps) {
  sd_bus_message* message = nullptr;
  check(sd_bus_message_new_signal(bus, &message, "/a", "a.a", "A"));
  for (const auto& step : steps) {
    if (step.is_container) {
      check(sd_bus_message_open_container(message, step.type, step.text.c_str()));
    } else if (step.type == 0) {
      check(sd_bus_message_close_container(message));
    } else if (is_text(step.type)) {
      check(sd_bus_message_append_basic(message, step.type, step.text.c_str()));
    } else {
      check(sd_bus_message_append_basic(message, step.type, &step.number));
    }
  }
  check(sd_bus_message_seal(message, 1, 0));
  sd_bus_message_unref(message);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) throw std::invalid_argument("usage: message_bench TIMES");
  sd_bus* bus = nullptr;
  check(sd_bus_open_system(&bus));
  sd_bus_message* reply = nullptr;
  check(sd_bus_call_method(bus, "org.nbasync.Sync1", "/org/nbasync/Sync1",
                           "org.nbasync.Sync1.Manager", "Status", nullptr, &reply, ""));
  std::vector<Step> steps;
  read(reply, steps);
  const int times = std::atoi(argv[1]);
  const auto start = std::clock();
  for (int i = 0; i < times; ++i) write(bus, steps);
  std::printf("%.1f\n", 1e6 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / times);
  sd_bus_message_unref(reply);
  sd_bus_unref(bus);
} catch (const std::exception& error) {
  std::fprintf(stderr, "message_bench: %s\n", error.what());
  return EXIT_FAILURE;
}
