#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/unique_fd.hpp"
#include "support/stand_in_exchange.hpp"
#include "support/stand_in_fault.hpp"
#include "support/stand_in_request.hpp"

namespace nbasync::testing {

// Upstream in a test: an HTTP/1.1 server on 127.0.0.1 that serves both hosts' endpoints, and
// misbehaves where told to. Any thread. Bodies come from the files of a directory, named by
// replay_file_name(), or from set_body.
//
// Where a member takes an endpoint, that is "teamgamelogs", or for one of its answers only
// "teamgamelogs_2025-26_Misc", or "*" for all; the more exact one goes first.
class StandIn {
 public:
  // Port 0 lets the system choose. Throws std::system_error.
  explicit StandIn(std::filesystem::path directory = {}, std::uint16_t port = 0);
  ~StandIn();
  StandIn(const StandIn&) = delete;
  StandIn& operator=(const StandIn&) = delete;

  std::uint16_t port() const { return port_; }
  std::string address() const;  // "127.0.0.1:PORT"
  std::string stats_url() const { return "http://" + address() + "/stats"; }
  std::string cdn_url() const { return "http://" + address() + "/cdn"; }

  void set_body(const std::string& endpoint, std::string body);
  // Where there is neither a body nor a file: what this makes of the request; nullopt: 404. It is
  // called on threads of the stand-in, and before the first request it must have been set.
  using Source = std::function<std::optional<std::string>(const Request&)>;
  void answer_otherwise(Source source) { source_ = std::move(source); }
  // Replaces the endpoint's fault, if any, and makes hangs hang again after a release().
  void set_fault(const std::string& endpoint, Fault fault);
  void set_fault(const std::string& endpoint, std::string_view named);
  void clear_faults();
  // Lets every hang and drip go on, those that come later too.
  void release();

  // What arrived, oldest first; of one endpoint, or of all.
  std::vector<StandInRequest> requests(std::string_view endpoint = "*") const;
  std::size_t count(std::string_view endpoint = "*") const { return requests(endpoint).size(); }
  // Waits until that many have arrived in all; false when the ceiling comes first.
  bool wait_for_requests(std::size_t count,
                         std::chrono::milliseconds ceiling = std::chrono::seconds{30}) const;

 private:
  struct Connection;

  void accept_connections();
  void serve(Connection& connection);
  void answer(StandInExchange& exchange);
  std::optional<std::string> body_of(const Request& request) const;
  std::optional<Fault> fault_for(const Request& request);

  const std::filesystem::path directory_;
  Source source_;
  UniqueFd listener_;
  UniqueFd stopped_;
  UniqueFd released_;
  std::uint16_t port_ = 0;

  mutable std::mutex mutex_;
  mutable std::condition_variable arrived_;
  std::map<std::string, std::string> bodies_;
  std::map<std::string, Fault> faults_;
  std::vector<StandInRequest> requests_;

  std::list<Connection> connections_;  // the accepting thread's
  std::jthread acceptor_;
};

}  // namespace nbasync::testing
