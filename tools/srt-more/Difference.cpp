// tools/srt-more/Difference.cpp: differences of policies, bounded in time.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-more/Difference.h"

#include "lib/Driver/Diff.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <map>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace srt::command {

unsigned patience() {
  constexpr unsigned kUsual = 10, kMost = 600;
  const char *value = std::getenv("SRT_DIFF_SECONDS");
  unsigned seconds = 0;
  bool isNumber = value && !llvm::StringRef(value).getAsInteger(10, seconds);
  return isNumber && seconds >= 1 && seconds <= kMost ? seconds : kUsual;
}

/// The child's part. Its end of the pipe says by a first byte that it is whole.
[[noreturn]] static void compare(const ir::Policy &before,
                                 const ir::Policy &after,
                                 const Sources &sources, int end) {
  std::string text;
  llvm::raw_string_ostream out(text);
  Diff diff = diffOf(before, after);
  writeDiff(out, diff, DiffFormat::Text, sources);
  text += diff.isIncomplete ? "(and maybe more: not all of it could be compared)\n"
                            : "";
  llvm::raw_fd_ostream pipe(end, /*shouldClose=*/false);
  pipe << text << '\0';
  pipe.flush();
  _exit(0);
}

/// Reads to the end or until the time is over.
static std::string readFor(int end, unsigned seconds) {
  using Clock = std::chrono::steady_clock;
  Clock::time_point until = Clock::now() + std::chrono::seconds(seconds);
  std::string text;
  for (;;) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - Clock::now());
    pollfd wanted = {end, POLLIN, 0};
    if (left.count() <= 0 || poll(&wanted, 1, int(left.count())) <= 0)
      return text;
    char piece[4096];
    ssize_t got = read(end, piece, sizeof piece);
    if (got <= 0)
      return text;
    text.append(piece, size_t(got));
  }
}

std::optional<std::string> differenceOf(const ir::Policy &before,
                                        const ir::Policy &after,
                                        const Sources &sources,
                                        unsigned seconds) {
  int ends[2];
  if (pipe(ends) != 0)
    return std::nullopt;
  pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    compare(before, after, sources, ends[1]);
  }
  close(ends[1]);
  std::string text = child > 0 ? readFor(ends[0], seconds) : "";
  close(ends[0]);
  if (child > 0) {
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
  }
  if (text.empty() || text.back() != '\0')
    return std::nullopt;
  text.pop_back();
  return text;
}

std::string differenceOfLines(const std::string &before,
                              const std::string &after) {
  llvm::SmallVector<llvm::StringRef, 0> old, now;
  llvm::StringRef(before).split(old, '\n');
  llvm::StringRef(after).split(now, '\n');
  std::map<llvm::StringRef, long> more; // in the new text than in the old
  for (llvm::StringRef line : now)
    ++more[line];
  for (llvm::StringRef line : old)
    --more[line];
  std::string text;
  for (llvm::StringRef line : old)
    if (long &count = more[line]; count < 0)
      text += "-" + line.str() + "\n", ++count;
  for (llvm::StringRef line : now)
    if (long &count = more[line]; count > 0)
      text += "+" + line.str() + "\n", --count;
  return text;
}

std::string onOneLine(const std::string &text) {
  std::string shown;
  for (char c : text) {
    bool isControl = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    shown += isControl ? '?' : c;
  }
  return shown;
}

std::string forTerminal(const std::string &text) {
  std::string shown = onOneLine(text);
  for (size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n' || text[i] == '\t')
      shown[i] = text[i];
  return shown;
}

} // namespace srt::command
