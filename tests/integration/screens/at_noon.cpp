// nbasyncctl as it is, but for its daemon, which a file describes, and its clock: it is 12:00 UTC
// on 2026-01-15.
//
//   nbasyncctl-at-noon SCENE.json WORD...

#include <fstream>
#include <iostream>

#include "ctl/app/arguments.hpp"
#include "ctl/app/program.hpp"
#include "protocol/errors.hpp"
#include "scene_client.hpp"

int main(int argc, char** argv) {
  using namespace nbasync;
  if (argc < 2) return protocol::kExitUsage;
  return ctl::guarded_main([&] {
    std::ifstream file(argv[1]);
    testing::FakeClock clock;
    testing::SceneClient client(nlohmann::json::parse(file), clock);
    const auto arguments = ctl::parse_arguments({argv + 2, argv + argc});
    if (arguments.action) return ctl::act(arguments, client, clock);
    std::cout << arguments.help;
    return static_cast<int>(protocol::kExitDone);
  });
}
