// tools/srtd/Listening.h: the socket of srtd.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRTD_LISTENING_H
#define SRT_TOOLS_SRTD_LISTENING_H

#include <string>
#include <utility>
#include <vector>

namespace srt::daemon {

/// What a service manager has handed over (sd_listen_fds(3)): the listening
/// socket, and connections that an earlier srtd has left with it.
struct Inherited {
  int listener = -1;
  std::vector<std::pair<std::string, int>> sandboxes; // by the ids of their runs
};

/// Takes what is there for this process, by LISTEN_PID, LISTEN_FDS and
/// LISTEN_FDNAMES, and forgets the variables. What is no unix socket is closed.
Inherited takeInherited();

/// Listens at a path. -1, with the reason in `problem`, if that cannot be: another
/// srtd listens there, for instance. What one that has ended left there goes.
int listenAt(const std::string &path, std::string &problem);

/// Leaves a connection with the service manager, until it hangs up, or takes it
/// back. Without a manager nothing happens.
void keep(const std::string &id, int fd);
void giveUp(const std::string &id);

/// Tells the service manager that srtd is ready.
void sayReady();

} // namespace srt::daemon

#endif
