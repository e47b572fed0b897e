// tools/srt/Peer.cpp: looks at the other end of a unix socket.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Peer.h"

#include <charconv>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace srt::command {

namespace {
struct Confinement {
  bool isKnown = false;
  unsigned long privileges = 0, filters = 0; // no_new_privs; seccomp filters
};
} // namespace

static std::string statusOf(const std::string &process) {
  std::string text;
  char piece[4096];
  ssize_t got = 0;
  std::string path = "/proc/" + process + "/status";
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  while (fd >= 0 && text.size() < 1 << 16 &&
         (got = read(fd, piece, sizeof piece)) > 0)
    text.append(piece, size_t(got));
  if (fd >= 0)
    close(fd);
  return text;
}

static bool readField(const std::string &text, const char *key,
                      unsigned long &value) {
  size_t at = text.find(key);
  if (at == std::string::npos)
    return false;
  at = text.find_first_of("0123456789\n", at + 1);
  if (at == std::string::npos)
    return false;
  const char *end = text.data() + text.size();
  return std::from_chars(text.data() + at, end, value).ec == std::errc();
}

static Confinement confinementOf(const std::string &process) {
  Confinement found;
  // The name of the program stands in the first line, and may hold anything but
  // a newline: that is written as \n.
  std::string text = statusOf(process);
  found.isKnown = readField(text, "\nNoNewPrivs:", found.privileges) &&
                  readField(text, "\nSeccomp_filters:", found.filters);
  return found;
}

static bool hasEnded(int pidfd) {
  pollfd one = {pidfd, POLLIN, 0};
  return poll(&one, 1, 0) != 0;
}

static Peer judge(long pid, int pidfd) {
  Confinement own = confinementOf("self"), other = confinementOf(std::to_string(pid));
  // Asked last: only then the number was that process's all the time.
  if (hasEnded(pidfd))
    return Peer::Gone;
  if (!own.isKnown || !other.isKnown || own.privileges != 0)
    return Peer::Unknown;
  bool isConfined = other.privileges != 0 || other.filters > own.filters;
  return isConfined ? Peer::Confined : Peer::Free;
}

Peer peerOf(int socket, long &pid) {
  constexpr int kPeerPidfd = 77; // SO_PEERPIDFD, Linux 6.5
  struct { // struct ucred, unix(7)
    int pid;
    unsigned uid, gid;
  } credentials = {0, 0, 0};
  socklen_t size = sizeof credentials;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
    return Peer::Unknown;
  pid = credentials.pid;
  if (credentials.uid != geteuid())
    return Peer::OtherUser;
  int pidfd = -1;
  size = sizeof pidfd;
  if (pid <= 0 ||
      getsockopt(socket, SOL_SOCKET, kPeerPidfd, &pidfd, &size) != 0)
    return Peer::Unknown;
  Peer peer = judge(pid, pidfd);
  close(pidfd);
  return peer;
}

std::string whyBlind() {
  Confinement own = confinementOf("self");
  if (!own.isKnown)
    return "/proc does not tell how confined a process is";
  if (own.privileges != 0)
    return "no_new_privs is set here, so who is confined cannot be told";
  int ends[2];
  long pid = 0;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return "cannot make a socket";
  Peer self = peerOf(ends[0], pid);
  close(ends[0]);
  close(ends[1]);
  return self == Peer::Free ? "" : "the kernel does not tell who connects: Linux 6.5 does";
}

const char *text(Peer peer) {
  switch (peer) {
  case Peer::Free:
    return "is fine";
  case Peer::OtherUser:
    return "belongs to another user";
  case Peer::Confined:
    return "is confined";
  case Peer::Gone:
    return "has ended";
  case Peer::Unknown:
    return "cannot be told";
  }
  return "";
}

} // namespace srt::command
