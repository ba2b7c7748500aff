// Times whole programs beside each other: spawn_bench ROUNDS COMMAND [COMMAND]..., each command one
// argument, its words separated by spaces. In each round every command runs once, in an order that
// changes, so that what else the machine does, and the caches that another one has left, fall on
// all alike. Prints their medians, and the ratio to the first.

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct Command {
  std::string line;
  std::vector<std::string> words;
  std::vector<double> milliseconds;
};

Command parse(const std::string& line) {
  Command command{line, {}, {}};
  std::istringstream stream(line);
  for (std::string word; stream >> word;) command.words.push_back(word);
  if (command.words.empty()) throw std::invalid_argument("an empty command");
  return command;
}

// From the call that starts it until its end is known, its output thrown away.
double run(const Command& command) {
  std::vector<char*> argv;
  argv.reserve(command.words.size() + 1);
  for (const auto& word : command.words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  const auto start = std::chrono::steady_clock::now();
  pid_t pid = 0;
  int status = 0;
  if (posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ) != 0 ||
      waitpid(pid, &status, 0) != pid || status != 0) {
    throw std::runtime_error(command.line + ": cannot be run, or fails");
  }
  const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
  posix_spawn_file_actions_destroy(&actions);
  return time.count();
}

double quantile(std::vector<double> values, double part) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(part * double(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

void measure(int rounds, std::vector<Command>& commands) {
  for (auto& command : commands) run(command);  // into the page cache
  std::vector<Command*> order;
  order.reserve(commands.size());
  for (auto& command : commands) order.push_back(&command);
  std::mt19937 random(1);
  for (int i = 0; i < rounds; ++i) {
    std::shuffle(order.begin(), order.end(), random);
    for (auto* command : order) command->milliseconds.push_back(run(*command));
  }
  const double first = quantile(commands.front().milliseconds, 0.5);
  std::printf("%9s %9s %6s\n", "median ms", "best ms", "ratio");
  for (const auto& command : commands) {
    const double median = quantile(command.milliseconds, 0.5);
    std::printf("%9.2f %9.2f %6.1f  %s\n", median, quantile(command.milliseconds, 0),
                median / first, command.line.c_str());
  }
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 3) throw std::invalid_argument("usage: spawn_bench ROUNDS COMMAND [COMMAND]...");
  std::vector<Command> commands;
  for (int i = 2; i < argc; ++i) commands.push_back(parse(argv[i]));
  measure(std::max(1, std::atoi(argv[1])), commands);
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::fprintf(stderr, "spawn_bench: %s\n", error.what());
  return EXIT_FAILURE;
}
