// tools/srtd/Listening.cpp: listens, by itself or for a service manager.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: of two that are started at once one listens and the other says so.
// The lock goes with the process, however that ends.
#include "tools/srtd/Listening.h"

#include "tools/srt/Running.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace srt::daemon {

static constexpr int kFirstInherited = 3; // SD_LISTEN_FDS_START
static constexpr const char kPrefix[] = "sandbox-";

static long numberIn(const char *variable) {
  const char *text = std::getenv(variable);
  long number = -1;
  if (text)
    std::from_chars(text, text + std::strlen(text), number);
  return number;
}

static bool isSocket(int fd, int option, int wanted) {
  int value = -1;
  socklen_t size = sizeof value;
  return getsockopt(fd, SOL_SOCKET, option, &value, &size) == 0 && value == wanted;
}

/// The names of LISTEN_FDNAMES, which colons part.
static std::vector<std::string> inheritedNames() {
  const char *text = std::getenv("LISTEN_FDNAMES");
  std::string all = text ? text : "";
  std::vector<std::string> names(1);
  for (char c : all)
    if (c == ':')
      names.emplace_back();
    else
      names.back() += c;
  return names;
}

static void place(int fd, const std::string &name, Inherited &inherited) {
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  bool isStream = isSocket(fd, SO_DOMAIN, AF_UNIX) && isSocket(fd, SO_TYPE, SOCK_STREAM);
  bool isListening = isStream && isSocket(fd, SO_ACCEPTCONN, 1);
  bool isSandbox = isStream && !isListening && name.starts_with(kPrefix);
  if (isListening && inherited.listener < 0)
    inherited.listener = fd;
  else if (isSandbox)
    inherited.sandboxes.emplace_back(name.substr(sizeof kPrefix - 1), fd);
  else
    close(fd);
}

Inherited takeInherited() {
  constexpr long kMost = 4096;
  Inherited inherited;
  bool isOurs = numberIn("LISTEN_PID") == getpid();
  long count = isOurs ? std::min(numberIn("LISTEN_FDS"), kMost) : 0;
  std::vector<std::string> names = inheritedNames();
  for (long i = 0; i < count; ++i)
    place(kFirstInherited + int(i),
          size_t(i) < names.size() ? names[size_t(i)] : "", inherited);
  for (const char *name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"})
    unsetenv(name);
  return inherited;
}

static bool fillAddress(const std::string &path, sockaddr_un &address) {
  address = {};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path)
    return false;
  std::memcpy(address.sun_path, path.data(), path.size());
  return true;
}

/// Locks the place; the descriptor stays open as long as the process lives.
static bool lock(const std::string &path, std::string &problem) {
  std::string name = path + ".lock";
  int fd = open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    problem = "cannot open `" + name + "`: " + std::strerror(errno);
  else if (flock(fd, LOCK_EX | LOCK_NB) != 0)
    problem = "srtd runs already: `" + name + "` is locked";
  return problem.empty();
}

/// Makes the folder of the socket; it has to be the user's alone.
static bool makePlace(const std::string &path, std::string &problem) {
  std::string folder = path.substr(0, path.rfind('/'));
  for (size_t at = folder.find('/', 1); at != std::string::npos;
       at = folder.find('/', at + 1))
    mkdir(folder.substr(0, at).c_str(), 0700);
  mkdir(folder.c_str(), 0700);
  if (!command::isPrivateFolder(folder))
    problem = "`" + folder + "` is not a folder of this user alone (mode 0700)";
  return problem.empty();
}

int listenAt(const std::string &path, std::string &problem) {
  sockaddr_un address;
  if (!fillAddress(path, address)) {
    problem = "`" + path + "` is no name for a socket: absolute, at most 107 bytes";
    return -1;
  }
  if (!makePlace(path, problem) || !lock(path, problem))
    return -1;
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  auto *name = reinterpret_cast<const sockaddr *>(&address);
  // A service manager has no lock. It listens, and starts srtd for whoever comes.
  if (fd >= 0 && connect(fd, name, sizeof address) == 0) {
    problem = "somebody listens at `" + path + "` already";
    return -1;
  }
  unlink(path.c_str());
  umask(0177);
  if (fd >= 0 && bind(fd, name, sizeof address) == 0 && listen(fd, 128) == 0)
    return fd;
  problem = "cannot listen at `" + path + "`: " + std::strerror(errno);
  return -1;
}

/// Sends a message to the service manager, with a descriptor if it is one: sd_notify(3).
static void notify(const std::string &text, int fd) {
  const char *name = std::getenv("NOTIFY_SOCKET");
  sockaddr_un address;
  if (!name || !fillAddress(name, address))
    return;
  socklen_t size = socklen_t(offsetof(sockaddr_un, sun_path) + std::strlen(name));
  if (address.sun_path[0] == '@')
    address.sun_path[0] = 0; // an abstract name
  int to = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  iovec bytes = {const_cast<char *>(text.data()), text.size()};
  alignas(cmsghdr) char room[CMSG_SPACE(sizeof(int))] = {};
  msghdr message = {};
  message.msg_name = &address;
  message.msg_namelen = size;
  message.msg_iov = &bytes;
  message.msg_iovlen = 1;
  if (fd >= 0) {
    message.msg_control = room;
    message.msg_controllen = sizeof room;
    cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof fd);
    std::memcpy(CMSG_DATA(head), &fd, sizeof fd);
  }
  // A manager that does not listen is none.
  (void)sendmsg(to, &message, MSG_NOSIGNAL);
  close(to);
}

void keep(const std::string &id, int fd) {
  notify("FDSTORE=1\nFDNAME=" + (kPrefix + id), fd);
}

void giveUp(const std::string &id) {
  notify("FDSTOREREMOVE=1\nFDNAME=" + (kPrefix + id), -1);
}

void sayReady() { notify("READY=1", -1); }

} // namespace srt::daemon
