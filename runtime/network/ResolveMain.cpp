// runtime/network/ResolveMain.cpp: srt-resolve, which looks names up for the
// broker. SPDX-License-Identifier: Apache-2.0
//
// Guarantees: does what the broker asks and nothing else; reads resolv.conf and
// /etc/hosts as other programs do, asks no search domain, and ends when the
// broker has gone. What servers answer is read here, by c-ares, and not in the
// broker: this process has no filter of the command, but it holds nothing of
// the sandbox either, and nobody in it can look at it or send to it.
#include "Resolving.h"

#include <ares.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace srt::network {

static constexpr int kBroker = 0;
/// Questions that are with a server; the broker has fewer.
static constexpr unsigned kMaxLookups = 512;

/// One question that is with a server.
struct Lookup {
  bool isUsed;
  Asked asked;
};
static Lookup lookups[kMaxLookups];

static void answer(const Resolved &resolved) {
  // The broker takes what comes as soon as it can, so this waits briefly.
  (void)send(kBroker, &resolved, sizeof resolved, MSG_NOSIGNAL);
}

static Outcome outcomeOf(int status) {
  switch (status) { // c-ares' own numbers
  case ARES_SUCCESS:
  case ARES_ENODATA:
    return Outcome::Found;
  case ARES_ENOTFOUND:
    return Outcome::NoSuchName;
  default:
    return Outcome::Failed;
  }
}

static void addAddress(Resolved &resolved, const ares_addrinfo_node &node) {
  auto &slot = resolved.addresses[resolved.count++];
  slot.life = node.ai_ttl > 0 ? uint32_t(node.ai_ttl) : 0;
  const void *bytes =
      resolved.isV6
          ? static_cast<const void *>(
                &reinterpret_cast<const sockaddr_in6 *>(node.ai_addr)
                     ->sin6_addr)
          : &reinterpret_cast<const sockaddr_in *>(node.ai_addr)->sin_addr;
  memcpy(slot.bytes, bytes, resolved.isV6 ? 16 : 4);
}

/// What c-ares calls when it knows, or has given up.
static void finish(void *pointer, int status, int, ares_addrinfo *info) {
  Lookup &lookup = *static_cast<Lookup *>(pointer);
  Resolved resolved = {};
  resolved.token = lookup.asked.token;
  resolved.isV6 = lookup.asked.isV6;
  resolved.outcome = uint8_t(outcomeOf(status));
  int family = resolved.isV6 ? AF_INET6 : AF_INET;
  for (ares_addrinfo_node *node = info ? info->nodes : nullptr;
       node && resolved.count < kMaxAddresses; node = node->ai_next)
    if (node->ai_family == family)
      addAddress(resolved, *node);
  if (info)
    ares_freeaddrinfo(info);
  lookup.isUsed = false;
  answer(resolved);
}

static Lookup *freeLookup() {
  for (Lookup &lookup : lookups)
    if (!lookup.isUsed)
      return &lookup;
  return nullptr;
}

static bool start(ares_channel &channel);

/// Begins anew if resolv.conf is another file than it was: a sandbox may last
/// for days, and machines move from network to network. What is under way
/// fails.
static void followChanges(ares_channel &channel) {
  static struct stat known;
  struct stat found = {};
  stat("/etc/resolv.conf", &found);
  bool isSame = found.st_ino == known.st_ino && found.st_dev == known.st_dev &&
                found.st_size == known.st_size &&
                found.st_mtim.tv_sec == known.st_mtim.tv_sec &&
                found.st_mtim.tv_nsec == known.st_mtim.tv_nsec;
  bool isFirst = known.st_ino == 0;
  known = found;
  if (isSame || isFirst)
    return;
  ares_destroy(channel);
  if (!start(channel))
    _exit(1);
}

/// Takes a question; false if the broker has gone.
static bool takeQuestion(ares_channel &channel) {
  Asked asked;
  ssize_t got = recv(kBroker, &asked, sizeof asked, MSG_DONTWAIT);
  if (got != ssize_t(sizeof asked))
    return got < 0 && (errno == EAGAIN || errno == EINTR);
  asked.name[kMaxName] = 0;
  followChanges(channel);
  Lookup *lookup = freeLookup();
  if (!lookup)
    return true; // the broker gives up by itself
  *lookup = {true, asked};
  ares_addrinfo_hints hints = {};
  hints.ai_family = asked.isV6 ? AF_INET6 : AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = ARES_AI_NOSORT;
  ares_getaddrinfo(channel, lookup->asked.name, nullptr, &hints, finish,
                   lookup);
  return true;
}

/// Serves until the broker has gone.
static void serve(ares_channel &channel) {
  for (bool isThere = true; isThere;) {
    fd_set readable, writable;
    FD_ZERO(&readable);
    FD_ZERO(&writable);
    int count = ares_fds(channel, &readable, &writable);
    FD_SET(kBroker, &readable);
    timeval most = {3600, 0}, room;
    timeval *until = ares_timeout(channel, &most, &room);
    if (select(count > 1 ? count : 1, &readable, &writable, nullptr, until) <
        0) {
      FD_ZERO(&readable);
      FD_ZERO(&writable);
    }
    bool isAsked = FD_ISSET(kBroker, &readable);
    FD_CLR(kBroker, &readable);
    ares_process(channel, &readable, &writable);
    // Last, for it may begin anew, with other sockets.
    if (isAsked)
      isThere = takeQuestion(channel);
  }
}

static bool start(ares_channel &channel) {
  // A client asks again after some five seconds; who has not answered in six
  // does not count any more.
  ares_options options = {};
  options.timeout = 2000;
  options.tries = 2;
  // Names come whole: the client has tried its search domains by itself.
  // Without a dot at the end, for /etc/hosts has none.
  options.flags = ARES_FLAG_NOSEARCH;
  options.ndomains = 0;
  return ares_library_init(ARES_LIB_INIT_ALL) == ARES_SUCCESS &&
         ares_init_options(&channel, &options,
                           ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES |
                               ARES_OPT_FLAGS | ARES_OPT_DOMAINS) ==
             ARES_SUCCESS;
}

/// Whoever made a server's answer do more than it should finds no program to
/// run and no file to write. This process is no part of the wall, so a kernel
/// without Landlock will do; one that refuses what it has will not.
static bool giveUpFiles() {
  landlock_ruleset_attr attr = {};
  attr.handled_access_fs =
      (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1; // all of ABI 1
  int ruleset =
      int(syscall(SYS_landlock_create_ruleset, &attr, sizeof(uint64_t), 0));
  if (ruleset < 0)
    return true;
  // Where resolv.conf may be a link to, beside where it is one to now.
  char *really = realpath("/etc/resolv.conf", nullptr);
  if (really)
    *strrchr(really, '/') = 0;
  const char *const places[] = {"/etc", "/run/systemd/resolve",
                                really ? really : "/etc"};
  for (const char *place : places) {
    landlock_path_beneath_attr beneath = {};
    beneath.allowed_access =
        LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    beneath.parent_fd = open(place, O_PATH | O_CLOEXEC);
    if (beneath.parent_fd < 0)
      continue;
    syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH,
            &beneath, 0);
    close(beneath.parent_fd);
  }
  bool isRestricted = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                      syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
  close(ruleset);
  return isRestricted;
}

} // namespace srt::network

int main() {
  using namespace srt::network;
  // First of all: exec made this process one that others may look at.
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    return 1;
  ares_channel channel;
  if (!start(channel) || !giveUpFiles())
    return 1;
  if (send(kBroker, "", 1, MSG_NOSIGNAL) != 1)
    return 1;
  serve(channel);
  return 0;
}
