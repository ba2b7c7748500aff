#include "app/read_socket.hpp"

#include <utility>

#include "base/text.hpp"
#include "log/log.hpp"

namespace nbasync {

ReadSocket::ReadSocket(Loop& loop, TimerWheel& wheel, const Clock& clock, ControlServer& control,
                       std::function<void(const std::optional<Error>&)> told)
    : loop_(loop), wheel_(wheel), clock_(clock), control_(control), told_(std::move(told)) {}

void ReadSocket::serve(std::optional<Place> place) {
  if (place == place_) return;
  place_ = std::move(place);
  part_.reset();
  if (!place_) told_(std::nullopt);
  control_.stop_reads([this] { make(); });  // its place may be the new one's
}

void ReadSocket::make() {
  if (!place_ || part_) return;
  part_.emplace(
      loop_, wheel_, clock_, kPart,
      [place = *place_] { return ListenSocket::at_path(place.path, place.mode); },
      [this, path = place_->path](ListenSocket socket) {
        control_.listen(std::move(socket), Listener::kReadSocket);
        log::info("read socket made path={}", in_quotes(path.string()));
      },
      told_);
}

}  // namespace nbasync
