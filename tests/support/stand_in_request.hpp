#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "model/request.hpp"

namespace nbasync::testing {

// A request as the stand-in received it.
struct StandInRequest {
  std::string method;
  std::string target;  // as on the request line, "/stats/commonteamyears?LeagueID=00"
  Request request;     // the same, taken apart and decoded
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  SteadyTime arrived;
  int connection = 0;   // counted from 1 in the order of accepting
  bool served = false;  // below /stats or /cdn
};

// Takes a request's head apart, request line to last header. Takes the absolute form of a proxy's
// client too.
StandInRequest parse_request(std::string_view head);

}  // namespace nbasync::testing
