#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/codec.hpp"

namespace nbasync {

// http://HOST…, https://HOST…, or file:DIR, which becomes file:///ABSOLUTE/DIR (taken literally, no
// percent-encoding). No slash at the end.
Codec<std::string> base_url();

// The URL of who is sent something, http(s)://…; user and password are masked when it is written.
Codec<std::string> receiver_url();

// The URL of a proxy; user and password are masked when it is written.
Codec<std::string> proxy_url();

// postgresql://…, without a password; or one of a few words.
Codec<std::string> postgres_url(const std::vector<std::string_view>& words = {});

// "HOST:PORT", "[::1]:8080".
Codec<std::string> listen_address();

// "nba.example.org": no port, no scheme.
Codec<std::string> host_name();

}  // namespace nbasync
