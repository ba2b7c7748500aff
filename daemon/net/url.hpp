#pragma once

#include <string>
#include <string_view>

#include "model/request.hpp"

namespace nbasync {

// base + '/' + path + '?' + query. Values are percent-encoded with a space as '+', and empty
// parameters stay: upstream wants every one of them.
std::string build_url(std::string_view base, const Request& request);

// Whether it can be read as a URL with a host by what will ask it.
bool is_readable_url(const std::string& url);

// "stats.nba.com", with the port where the URL names one; no part of a URL that cannot be read,
// because there might be a password in it.
std::string host_of(const std::string& url);

// Where a redirect from this URL may lead, as CURLOPT_REDIR_PROTOCOLS_STR: from https nowhere but
// to https, so that nobody on the way sees or makes an answer.
const char* redirect_protocols(std::string_view url);

}  // namespace nbasync
