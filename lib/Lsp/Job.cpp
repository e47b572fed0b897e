// lib/Lsp/Job.cpp: work on somebody's text in a process of its own.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Lsp/Job.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace srt::lsp {

static constexpr rlim_t kMaxMemory = rlim_t(2) << 30; // bytes of a child

/// The limits of a child. It may outlive the server, which an editor kills:
/// the alarm ends it then, even where it waits instead of working.
static void confine(std::chrono::seconds limit) {
  std::signal(SIGALRM, SIG_DFL);
  alarm(unsigned(limit.count()) + 1);
  struct rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
#if !defined(__SANITIZE_ADDRESS__)
  // AddressSanitizer takes terabytes of address space for its own.
  struct rlimit memory{kMaxMemory, kMaxMemory};
  setrlimit(RLIMIT_DATA, &memory);
#endif
}

/// Standard input and output belong to the protocol, not to the work.
static void letGoOfProtocol() {
  int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null < 0)
    _exit(1);
  dup2(null, STDIN_FILENO);
  dup2(null, STDOUT_FILENO);
}

static bool writeAll(int fd, const std::string &bytes) {
  for (size_t at = 0; at < bytes.size();) {
    ssize_t size = write(fd, bytes.data() + at, bytes.size() - at);
    if (size < 0 && errno == EINTR)
      continue;
    if (size < 0)
      return false;
    at += size_t(size);
  }
  return true;
}

std::unique_ptr<Job> Job::start(const Work &work, std::chrono::seconds limit) {
  int ends[2];
  if (::pipe(ends) != 0)
    return nullptr;
  int pid = fork();
  if (pid < 0) {
    close(ends[0]);
    close(ends[1]);
    return nullptr;
  }
  if (pid == 0) {
    close(ends[0]);
    confine(limit);
    letGoOfProtocol();
    // Not exit(): what the parent has not flushed must not be written twice.
    _exit(writeAll(ends[1], work()) ? 0 : 1);
  }
  close(ends[1]);
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  return std::unique_ptr<Job>(new Job(pid, ends[0], Clock::now() + limit));
}

Job::~Job() {
  close(pipe);
  if (pid <= 0)
    return;
  kill(pid, SIGKILL);
  while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR)
    continue;
}

bool Job::readSome() {
  char chunk[1 << 16];
  ssize_t size = read(pipe, chunk, sizeof chunk);
  if (size > 0)
    bytes.append(chunk, size_t(size));
  return size == 0 || (size < 0 && errno != EINTR);
}

std::optional<std::string> Job::result() {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
    continue;
  pid = 0;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return std::nullopt;
  return std::move(bytes);
}

/// Waits for the pipe, but not beyond the deadline.
static bool isReadable(const Job &job) {
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      job.due() - Clock::now());
  pollfd waited{job.fd(), POLLIN, 0};
  return poll(&waited, 1, std::max<int>(0, int(left.count()) + 1)) > 0;
}

std::optional<std::string> finished(Workplace place, const Work &work,
                                    std::chrono::seconds limit) {
  if (place == Workplace::Inline)
    return work();
  std::unique_ptr<Job> job = Job::start(work, limit);
  while (job && !job->isOverdue())
    if (isReadable(*job) && job->readSome())
      return job->result();
  return std::nullopt;
}

} // namespace srt::lsp
