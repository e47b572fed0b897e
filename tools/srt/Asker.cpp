// tools/srt/Asker.cpp: starts whoever asks the person at the terminal.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Asker.h"

#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace srt::command {

bool isAsking(const srt_view &view) {
  bool found = false;
  for (uint32_t i = 0; i < view.label_count; ++i)
    found |= view.labels[i].asked != 0;
  for (uint32_t i = 0; i < view.pair_count; ++i)
    found |= view.pairs[i].effect == SRT_EFFECT_ASK;
  for (uint32_t i = 0; i < view.endpoint_count; ++i)
    found |= view.endpoints[i].effect == SRT_EFFECT_ASK;
  return found;
}

static bool hasTerminal() {
  int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (fd >= 0)
    close(fd);
  return fd >= 0;
}

/// Nobody waits for the asker: its parent ends at once, and it ends by itself when
/// nobody can ask any more.
[[noreturn]] static void becomeAsker(const Places &places, int end) {
  if (fork() != 0)
    _exit(0);
  fcntl(end, F_SETFD, 0);
  std::string program = places.programs + "/srt-more", number = std::to_string(end);
  execl(program.c_str(), "srt-more", "--asker", number.c_str(), nullptr);
  _exit(127);
}

void startAsker(const Places &places) {
  int ends[2];
  if (std::getenv("SRT_ASK") || !hasTerminal() ||
      socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return;
  pid_t child = fork();
  if (child == 0)
    becomeAsker(places, ends[1]);
  close(ends[1]);
  if (child > 0)
    waitpid(child, nullptr, 0);
  fcntl(ends[0], F_SETFD, 0); // srt-load takes it, and the command does not get it
  setenv("SRT_ASK", ("fd:" + std::to_string(ends[0])).c_str(), 1);
}

} // namespace srt::command
