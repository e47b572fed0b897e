// tools/srt/Service.cpp: connects to srtd.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt/Service.h"

#include "tools/srt/Peer.h"
#include "tools/srt/Running.h"

#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace srt::command {

static const std::string &folderOf(const Places &places) {
  return places.runtime.empty() ? places.state : places.runtime;
}

std::string serviceSocket(const Places &places) {
  return folderOf(places).empty() ? "" : folderOf(places) + "/srtd.sock";
}

/// The socket, or -1. One that is full counts as none: nobody waits for it.
static int connectTo(const std::string &path) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path)
    return -1; // srtd could not listen there, and says so
  std::memcpy(address.sun_path, path.data(), path.size());
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0 ||
      connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
    return fd;
  close(fd);
  return -1;
}

int connectService(const Places &places, std::string &problem) {
  std::string path = serviceSocket(places);
  int fd = connectTo(path);
  if (fd < 0)
    return -1;
  long pid = 0;
  Peer peer = peerOf(fd, pid);
  if (!isPrivateFolder(folderOf(places)))
    problem = "`" + folderOf(places) + "` is not this user's alone";
  else if (peer != Peer::Free)
    problem = "who listens at `" + path + "` " + text(peer);
  if (problem.empty())
    return fd;
  close(fd);
  return -1;
}

} // namespace srt::command
