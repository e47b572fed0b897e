// lib/Driver/Files.cpp: reads inputs and writes outputs, whole or not at all.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Driver/Files.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace srt {

/// More than any reader accepts; each says its own bound with a position.
static constexpr uint64_t kMaxInput = 64u << 20; // bytes

namespace {
/// What a read came to: the bytes, or why there are none.
struct Read {
  std::string bytes;
  std::string problem;
};
} // namespace

static std::string errorText() {
  return std::error_code(errno, std::generic_category()).message();
}

static std::string problemOf(int fd) {
  struct stat status;
  if (fstat(fd, &status) != 0)
    return errorText();
  if (S_ISDIR(status.st_mode))
    return "it is a directory";
  // A FIFO ends when its writer does; a device such as /dev/zero never does.
  if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode) && fd != 0)
    return "it is not a regular file";
  return {};
}

/// Reads to the end, but never more than kMaxInput bytes.
static void readAll(int fd, Read &read) {
  char chunk[1 << 16];
  while (true) {
    ssize_t size = ::read(fd, chunk, sizeof chunk);
    if (size < 0 && errno == EINTR)
      continue;
    if (size < 0)
      read.problem = errorText();
    if (size <= 0)
      return;
    read.bytes.append(chunk, size_t(size));
    if (read.bytes.size() > kMaxInput) {
      read.problem = "it is larger than 64 MiB";
      return;
    }
  }
}

static Read readPath(const std::string &path) {
  Read read;
  bool isInput = path == "-";
  int fd = isInput ? 0 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) {
    read.problem = errorText();
    return read;
  }
  read.problem = problemOf(fd);
  if (read.problem.empty())
    readAll(fd, read);
  if (!isInput)
    ::close(fd);
  return read;
}

std::optional<FileId> readInput(Sources &sources, llvm::StringRef path,
                                DiagnosticEngine &diags, llvm::StringRef name) {
  Read read = readPath(path.str());
  if (name.empty())
    name = path == "-" ? "<stdin>" : path;
  if (read.problem.empty())
    return sources.add(name, std::move(read.bytes));
  diags.report({}, diag::CannotRead, shown(path, 4096), read.problem);
  return std::nullopt;
}

static std::string writeAll(int fd, llvm::StringRef bytes) {
  while (!bytes.empty()) {
    ssize_t size = ::write(fd, bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR)
      continue;
    if (size < 0)
      return errorText();
    bytes = bytes.drop_front(size_t(size));
  }
  return {};
}

/// Devices and FIFOs cannot be replaced: /dev/stdout, /dev/full.
static bool isSpecial(const std::string &path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

static std::string writeSpecial(const std::string &path,
                                llvm::StringRef bytes) {
  int fd = path == "-" ? ::dup(1) : ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0)
    return errorText();
  std::string problem = writeAll(fd, bytes);
  if (::close(fd) != 0 && problem.empty())
    problem = errorText();
  return problem;
}

static std::string writeBeside(const std::string &path,
                               llvm::StringRef bytes) {
  std::string beside;
  int fd = -1;
  // A name that is taken belongs to another run, perhaps one that was killed.
  for (int tries = 0; fd < 0 && tries < 100; ++tries) {
    beside = path + "." + std::to_string(::getpid()) + "-" +
             std::to_string(tries);
    fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && errno != EEXIST)
      break;
  }
  if (fd < 0)
    return errorText();
  std::string problem = writeAll(fd, bytes);
  if (::close(fd) != 0 && problem.empty())
    problem = errorText();
  if (problem.empty() && ::rename(beside.c_str(), path.c_str()) != 0)
    problem = errorText();
  if (!problem.empty())
    ::unlink(beside.c_str());
  return problem;
}

void reportUnwritten(llvm::StringRef path, llvm::StringRef problem,
                     DiagnosticEngine &diags) {
  diags.report({}, diag::CannotWrite, shown(path, 4096), problem);
}

bool writeOutput(llvm::StringRef path, llvm::StringRef bytes,
                 DiagnosticEngine &diags) {
  std::string name = path.str();
  std::string problem = name == "-" || isSpecial(name)
                            ? writeSpecial(name, bytes)
                            : writeBeside(name, bytes);
  if (problem.empty())
    return true;
  reportUnwritten(path, problem, diags);
  return false;
}

} // namespace srt
