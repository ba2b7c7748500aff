#include "http/file_stream.hpp"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/async.hpp"
#include "base/error.hpp"

namespace nbasync {
namespace {

// Less than a block only at the end.
std::string read_block(int file, off_t place) {
  std::string block(FileStream::kBlock, '\0');
  std::size_t got = 0;
  while (got < block.size()) {
    const auto count =
        ::pread(file, block.data() + got, block.size() - got, place + static_cast<off_t>(got));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw Error(Errc::kStorage, "a file that is being sent cannot be read");
    if (count == 0) break;
    got += static_cast<std::size_t>(count);
  }
  block.resize(got);
  return block;
}

}  // namespace

FileStream::FileStream(Executor& executor, UniqueFd file, std::shared_ptr<void> held)
    : executor_(executor),
      file_(std::make_shared<UniqueFd>(std::move(file))),
      held_(std::move(held)) {}

void FileStream::on_ready(std::function<void()> ready) {
  ready_ = std::move(ready);
  fetch();
}

std::size_t FileStream::read(char* buffer, std::size_t room) {
  const auto count = block_.copy(buffer, room, sent_);
  sent_ += count;
  if (sent_ == block_.size()) fetch();
  return count;
}

void FileStream::fetch() {
  if (fetching_ || over_) return;
  fetching_ = true;
  async(
      executor_, [file = file_, place = place_] { return read_block(file->get(), place); },
      [weak = weak_from_this()](const Result<std::string>& block) {
        if (const auto self = weak.lock()) self->take(block);
      });
}

void FileStream::take(const Result<std::string>& block) {
  fetching_ = false;
  failed_ = error_of(block) != nullptr;
  block_ = failed_ ? std::string() : std::get<std::string>(block);
  sent_ = 0;
  place_ += static_cast<off_t>(block_.size());
  over_ = block_.empty();
  if (ready_) ready_();
}

}  // namespace nbasync
