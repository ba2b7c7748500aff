#pragma once

#include <memory>

#include "ctl/transport/client.hpp"

namespace nbasync::ctl {

enum class Bus { kSystem, kSession };

// The daemon over D-Bus. Does not connect yet.
std::unique_ptr<Client> make_bus_client(Bus bus);

}  // namespace nbasync::ctl
