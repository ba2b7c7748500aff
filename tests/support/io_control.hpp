#pragma once

#include <atomic>

namespace nbasync::testing {

// What a test and the library that is loaded into the program under test (tests/preload) tell each
// other: a file that both have mapped. All zero: nothing happens.
struct IoControl {
  // What happens to the call with the number `at`.
  enum Action : int { kNothing, kFail, kKill };

  std::atomic<long> calls;    // that were counted
  std::atomic<long> at;       // from 1; 0: none
  std::atomic<int> action;    // kKill: SIGKILL, half of a write done; kFail: with `error`
  std::atomic<int> error;     // an errno
  std::atomic<bool> lasting;  // kFail: those after it, too
  std::atomic<bool> reads;    // are counted, too
  std::atomic<bool> stalled;  // the main thread does not come back from waiting for events
  char prefix[1024];          // of the files whose calls are counted
  char record[1024];          // the file to which each change is written; empty: none
};

// A change that was made, in `record`: this, the file's name, and what was written.
struct IoRecord {
  enum What : int { kWrite, kTruncate, kSync, kUnlink };

  int what;
  unsigned name_length;
  long offset;  // of the write; of the truncation, the new length
  unsigned long length;
};

}  // namespace nbasync::testing
