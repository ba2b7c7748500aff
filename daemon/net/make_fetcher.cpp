#include "net/make_fetcher.hpp"

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/format.hpp"
#include "net/curl_fetcher.hpp"
#include "net/file_fetcher.hpp"

namespace nbasync {
namespace {

constexpr std::string_view kFileScheme = "file://";

bool is_file(std::string_view url) { return url.starts_with(kFileScheme); }

std::string directory_of(std::string_view url) {
  return is_file(url) ? std::string(url.substr(kFileScheme.size())) : std::string();
}

void check_url(std::string_view key, std::string_view url) {
  if (url.starts_with("http://") || url.starts_with("https://") || url.starts_with("file:///")) {
    return;
  }
  throw Error(Errc::kBadConfiguration,
              format("{}: {}: neither http://, https:// nor file:///DIR", key, url));
}

// Sends each host's requests where its URL points. The idle half costs nothing: curl starts at its
// first request.
class UpstreamFetcher final : public Fetcher {
 public:
  UpstreamFetcher(const FetcherOptions& options, const Clock& clock, UpstreamHosts& hosts)
      : stats_is_file_(is_file(options.stats_url)),
        cdn_is_file_(is_file(options.cdn_url)),
        network_(options, clock, hosts),
        files_(directory_of(options.stats_url), directory_of(options.cdn_url), options.body_limit) {
  }

  Response get(const Request& request, std::stop_token stop) override {
    const bool file = request.host == Host::kStats ? stats_is_file_ : cdn_is_file_;
    if (file) return files_.get(request, std::move(stop));
    return network_.get(request, std::move(stop));
  }

  Traffic traffic() const override {
    const Traffic network = network_.traffic();
    const Traffic files = files_.traffic();
    return {network.requests + files.requests, network.bytes_received + files.bytes_received};
  }

 private:
  bool stats_is_file_;
  bool cdn_is_file_;
  CurlFetcher network_;
  FileFetcher files_;
};

}  // namespace

std::unique_ptr<Fetcher> make_fetcher(const FetcherOptions& options, const Clock& clock,
                                      UpstreamHosts& hosts) {
  check_url("upstream.stats_url", options.stats_url);
  check_url("upstream.cdn_url", options.cdn_url);
  return std::make_unique<UpstreamFetcher>(options, clock, hosts);
}

}  // namespace nbasync
