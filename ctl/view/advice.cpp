#include "ctl/view/advice.hpp"

#include "base/format.hpp"
#include "ctl/view/run_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {

std::string advice(std::string_view error_code, std::string_view sync_type,
                   const std::string& run_id) {
  const auto& names = protocol::names_of_word(error_code);
  const bool known = names.word == error_code;
  switch (known ? names.code : Errc::kInternal) {
    case Errc::kUpstreamBlocked:
      return "upstream refuses this address; wait an hour, or set upstream.proxy";
    case Errc::kUpstreamUnreachable:
    case Errc::kUpstreamTimeout:
      return "look at the network; 'nbasyncctl doctor' asks each host";
    case Errc::kUpstreamShort:
    case Errc::kUpstreamEmpty:
      return format("sync again later; 'nbasyncctl sync {} --force' takes it as it is", sync_type);
    case Errc::kUpstreamStatus:
    case Errc::kUpstreamMalformed:
      return "sync again later; if it stays so, upstream has changed: look for an update";
    case Errc::kStorageFull:
      return "free some room on the disk of the database";
    case Errc::kStorage:
    case Errc::kStorageBusy:
    case Errc::kStorageReplaced:
    case Errc::kStorageNewer:
      return "'nbasyncctl doctor' looks at the database";
    case Errc::kRunTimeout:
      return "give it longer: --run-timeout, or sync.run_timeout in the configuration";
    case Errc::kInterrupted:
    case Errc::kCancelled:
      return format("'nbasyncctl sync {}' does it again", sync_type);
    default:
      return format("'nbasyncctl run {}' tells more", short_id(run_id));
  }
}

}  // namespace nbasync::ctl
