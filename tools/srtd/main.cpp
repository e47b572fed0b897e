// tools/srtd/main.cpp: srtd, through which questions of sandboxes are answered.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Peer.h"
#include "tools/srt/Request.h"
#include "tools/srt/Service.h"
#include "tools/srt/Start.h"
#include "tools/srtd/Listening.h"
#include "tools/srtd/Service.h"

#include <csignal>
#include <cstring>
#include <sys/signalfd.h>
#include <unistd.h>

using namespace srt;

static constexpr const char kHelp[] =
    R"(Answers the questions of sandboxes that have no terminal: srt approve.

Usage: srtd            in the foreground, until SIGTERM

One for each user, as that user. It listens at $XDG_RUNTIME_DIR/srt/srtd.sock, or at
~/.local/state/srt/srtd.sock, or on the socket that a service manager hands over
(LISTEN_FDS). Nothing needs it: without it such questions are answered with no.

Examples:
  systemctl --user enable --now srtd.socket
  srtd &

Exit status: 0 ended by a signal, 1 it cannot listen, 2 usage.
)";

/// A descriptor that tells of SIGTERM and SIGINT. SIGPIPE does not matter.
static int endingSignals() {
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGINT);
  sigprocmask(SIG_BLOCK, &ending, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signalfd(-1, &ending, SFD_CLOEXEC);
}

static int run() {
  command::Places places = command::findPlaces();
  std::string path = command::serviceSocket(places), problem = command::whyBlind();
  daemon::Inherited inherited = daemon::takeInherited();
  int listener = inherited.listener;
  bool isOwn = listener < 0;
  if (problem.empty() && isOwn)
    listener = daemon::listenAt(path, problem);
  if (!problem.empty()) {
    command::complain("srtd: " + problem);
    return command::kFailed;
  }
  daemon::Service service(listener, places);
  for (const auto &[id, fd] : inherited.sandboxes)
    service.resume(id, fd);
  int ending = endingSignals();
  daemon::sayReady();
  service.serve(ending);
  if (isOwn)
    unlink(path.c_str());
  return command::kDone;
}

int main(int argc, char **argv) {
  bool wantsHelp = argc == 2 && (std::strcmp(argv[1], "--help") == 0 ||
                                 std::strcmp(argv[1], "-h") == 0);
  if (argc > 1) {
    ssize_t written = write(wantsHelp ? STDOUT_FILENO : STDERR_FILENO, kHelp,
                            sizeof kHelp - 1);
    return wantsHelp && written > 0 ? command::kDone : command::kUsage;
  }
  return run();
}
