#pragma once

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "base/executor.hpp"
#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "http/reply.hpp"

namespace nbasync {

// A file as a reply, from its beginning to its end: a block of it is in memory. It is read on a
// thread of the executor, so that a slow disk holds up nobody. Loop thread.
class FileStream final : public ReplyStream, public std::enable_shared_from_this<FileStream> {
 public:
  static constexpr std::size_t kBlock = 256 << 10;
  static constexpr Duration kPatience{60'000};

  // Reading begins with on_ready(). `held` lives as long as the stream. The executor must outlive
  // it.
  FileStream(Executor& executor, UniqueFd file, std::shared_ptr<void> held);

  std::size_t read(char* buffer, std::size_t room) override;
  bool is_over() const override { return over_; }
  bool has_failed() const override { return failed_; }
  Duration patience() const override { return kPatience; }
  void on_ready(std::function<void()> ready) override;

 private:
  void fetch();
  void take(const Result<std::string>& block);

  Executor& executor_;
  std::shared_ptr<UniqueFd> file_;  // shared with the thread that reads
  std::shared_ptr<void> held_;
  std::string block_;
  std::size_t sent_ = 0;  // of the block
  off_t place_ = 0;       // of what is read next
  bool fetching_ = false;
  bool over_ = false;
  bool failed_ = false;
  std::function<void()> ready_;
};

}  // namespace nbasync
