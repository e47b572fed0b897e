// lib/Lsp/Job.h: work on somebody's text in a process of its own.
// SPDX-License-Identifier: Apache-2.0
//
// A policy that takes too long, too much memory or the compiler down costs the
// answer to one request. Work that nobody waits for any more is ended at once.
#ifndef SRT_LIB_LSP_JOB_H
#define SRT_LIB_LSP_JOB_H

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace srt::lsp {

using Clock = std::chrono::steady_clock;
using Work = std::function<std::string()>;

/// Where work is done. Inline has no bounds; it is for fuzzing and profiling.
enum class Workplace : uint8_t { Child, Inline };

class Job {
public:
  /// Starts a child, which is ended after `limit`. Null if there is no room for
  /// one. Requires: this process has one thread.
  static std::unique_ptr<Job> start(const Work &work, std::chrono::seconds limit);
  ~Job(); // ends the child
  Job(const Job &) = delete;
  Job &operator=(const Job &) = delete;

  /// Becomes readable when there is something for readSome().
  int fd() const { return pipe; }
  bool isOverdue() const { return Clock::now() >= deadline; }
  Clock::time_point due() const { return deadline; }

  /// Takes what the child has written; true once that is all of it.
  bool readSome();

  /// The result, or nothing if the child did not end as it should.
  /// Requires: readSome() returned true.
  std::optional<std::string> result();

private:
  Job(int pid, int pipe, Clock::time_point deadline)
      : pid(pid), pipe(pipe), deadline(deadline) {}

  int pid;
  int pipe;
  Clock::time_point deadline;
  std::string bytes;
};

/// Does the work and waits for it, at most `limit`. Nothing if it did not end.
std::optional<std::string> finished(Workplace place, const Work &work,
                                    std::chrono::seconds limit);

} // namespace srt::lsp

#endif
