#include "support/power_cut.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace nbasync::testing {
namespace {

constexpr std::size_t kBlock = 512;

void write_at(std::string& content, std::size_t offset, std::string_view data) {
  if (content.size() < offset + data.size()) content.resize(offset + data.size());
  content.replace(offset, data.size(), data);
}

}  // namespace

PowerCut::PowerCut(const std::filesystem::path& record, bool keeps_sync) : keeps_sync_(keeps_sync) {
  std::ifstream stream(record, std::ios::binary);
  IoRecord head{};
  while (stream.read(reinterpret_cast<char*>(&head), sizeof head)) {
    std::string name(head.name_length, '\0');
    std::string data(head.length, '\0');
    stream.read(name.data(), static_cast<std::streamsize>(name.size()));
    stream.read(data.data(), static_cast<std::streamsize>(data.size()));
    if (!stream) break;  // the program was killed
    changes_.push_back({static_cast<IoRecord::What>(head.what),
                        std::filesystem::path(name).filename().string(),
                        static_cast<std::size_t>(head.offset), std::move(data),
                        static_cast<std::size_t>(stream.tellg())});
  }
  if (changes_.empty()) throw std::runtime_error("nothing was recorded");
}

std::size_t PowerCut::changes_in(std::size_t bytes) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      changes_, [&](const Change& change) { return change.recorded_until <= bytes; }));
}

void PowerCut::apply(const Change& change, std::string& content) {
  if (change.what == IoRecord::kTruncate) {
    content.resize(change.offset);
  } else {
    write_at(content, change.offset, change.data);
  }
}

void PowerCut::advance_to(std::size_t count) {
  for (; made_ < count; ++made_) {
    const Change& change = changes_[made_];
    File& file = files_[change.file];
    if (change.what == IoRecord::kUnlink) {
      file.unlinked = true;
      continue;
    }
    if (file.unlinked) file = {};  // another file of that name
    const bool is_sync = change.what == IoRecord::kSync;
    if (is_sync && keeps_sync_) {
      // As on a file system with a journal: what was done to folders before is safe then, too.
      std::erase_if(files_, [](const auto& named) { return named.second.unlinked; });
    }
    if (!is_sync) file.pending.push_back(&change);
    const auto late = file.pending.size() > kLate ? file.pending.size() - kLate : 0;
    const auto safe = keeps_sync_ ? (is_sync ? file.pending.size() : 0) : late;
    const auto end = file.pending.begin() + static_cast<std::ptrdiff_t>(safe);
    std::for_each(file.pending.begin(), end, [&](const Change* each) { apply(*each, file.safe); });
    file.pending.erase(file.pending.begin(), end);
  }
}

std::map<std::string, std::string> PowerCut::files(std::mt19937& random) const {
  std::map<std::string, std::string> found;
  std::uniform_real_distribution<double> chance;
  const double kept = std::clamp(1.2 * chance(random) - 0.1, 0.0, 1.0);  // often none, or all
  const auto is_kept = [&] { return kept > chance(random); };
  for (const auto& [name, file] : files_) {
    if (file.unlinked && is_kept()) continue;
    std::string& content = found[name] = file.safe;
    for (const Change* change : file.pending) {
      if (change->what == IoRecord::kTruncate) {
        if (is_kept()) apply(*change, content);
        continue;
      }
      const std::string_view data = change->data;
      for (std::size_t at = 0; at < data.size();) {
        const auto size = std::min(kBlock - (change->offset + at) % kBlock, data.size() - at);
        if (is_kept()) write_at(content, change->offset + at, data.substr(at, size));
        at += size;
      }
    }
  }
  return found;
}

}  // namespace nbasync::testing
