// tools/srt/Asker.cpp: starts whoever asks the person at the terminal.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Asker.h"

#include "tools/srt/Key.h"
#include "tools/srt/Running.h"
#include "tools/srt/Service.h"
#include "tools/srt/Start.h"

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
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

static void setAsker(int fd) {
  fcntl(fd, F_SETFD, 0); // srt-load takes it, and the command does not get it
  setenv("SRT_ASK", ("fd:" + std::to_string(fd)).c_str(), 1);
}

static void startAtTerminal(const Request &request, const Found &found,
                            const Places &places) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return;
  pid_t child = fork();
  if (child == 0)
    becomeAsker(askerCommand(request, found, places, ends[1]), ends[1]);
  close(ends[1]);
  if (child > 0)
    waitpid(child, nullptr, 0);
  setAsker(ends[0]);
}

/// Whether srtd takes us: it has to look at this process before that becomes the
/// broker, which is confined.
static bool isTaken(int fd, const std::string &header) {
  constexpr int kPatienceInMs = 2000;
  pollfd one = {fd, POLLIN, 0};
  char reply = 0;
  return send(fd, header.data(), header.size(), MSG_NOSIGNAL) ==
             ssize_t(header.size()) &&
         poll(&one, 1, kPatienceInMs) == 1 && read(fd, &reply, 1) == 1;
}

static bool askService(const std::string &header, const Places &places) {
  std::string problem;
  int fd = connectService(places, problem);
  if (fd >= 0 && isTaken(fd, header)) {
    setAsker(fd);
    setenv("SRT_ASK_GONE", "on", 1);
    return true;
  }
  if (fd >= 0)
    problem = "srtd does not answer";
  close(fd);
  if (!problem.empty())
    complain(problem, "questions are answered with no");
  return false;
}

void startAsker(const Request &request, const Found &found,
                const Places &places) {
  const char *given = getenv("SRT_ASK");
  bool wantsService = given && std::strcmp(given, "srtd") == 0;
  unsetenv("SRT_ASK_GONE");
  if (given && !wantsService)
    return;
  unsetenv("SRT_ASK");
  if (!wantsService && hasTerminal())
    return startAtTerminal(request, found, places);
  if (askService(runHeader(request, found, places, ownRunId()), places))
    return;
  if (wantsService)
    complain("nobody can be asked: srtd does not run, or does not take us");
  else if (access(answersOf(found, places).c_str(), F_OK) == 0)
    startAtTerminal(request, found, places); // it knows these without one
}

} // namespace srt::command
