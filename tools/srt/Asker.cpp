// tools/srt/Asker.cpp: starts whoever asks the person at the terminal.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Asker.h"

#include "tools/srt/Key.h"
#include "tools/srt/Start.h"

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

std::string answersOf(const Found &found, const Places &places) {
  if (places.config.empty())
    return {};
  return places.config + "/answers/" + digestOf({found.path, found.project}) +
         ".jsonl";
}

/// `srt-more --asker FD FILE POLICY PROJECT CMD...`.
static std::vector<std::string> askerCommand(const Request &request,
                                             const Found &found,
                                             const Places &places, int end) {
  std::vector<std::string> command = {places.programs + "/srt-more",
                                      "--asker",
                                      std::to_string(end),
                                      answersOf(found, places),
                                      found.path,
                                      found.project};
  command.insert(command.end(), request.words.begin(), request.words.end());
  return command;
}

/// Nobody waits for the asker: its parent ends at once, and it ends by itself when
/// nobody can ask any more.
[[noreturn]] static void becomeAsker(const std::vector<std::string> &command,
                                     int end) {
  if (fork() != 0)
    _exit(0);
  fcntl(end, F_SETFD, 0);
  become(command);
  _exit(127);
}

void startAsker(const Request &request, const Found &found,
                const Places &places) {
  int ends[2];
  bool hasAnswers = access(answersOf(found, places).c_str(), F_OK) == 0;
  if (std::getenv("SRT_ASK") || (!hasAnswers && !hasTerminal()) ||
      socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return;
  pid_t child = fork();
  if (child == 0)
    becomeAsker(askerCommand(request, found, places, ends[1]), ends[1]);
  close(ends[1]);
  if (child > 0)
    waitpid(child, nullptr, 0);
  fcntl(ends[0], F_SETFD, 0); // srt-load takes it, and the command does not get it
  setenv("SRT_ASK", ("fd:" + std::to_string(ends[0])).c_str(), 1);
}

} // namespace srt::command
