// tools/srt/Peer.h: who is at the other end of a unix socket.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a peer counts as free only if the kernel said which process
// connected (or listens), that process was still there after it was looked at,
// and it is this user's and no more confined than we are. What cannot be told is
// not free. SO_PEERPIDFD needs Linux 6.5: a number alone may become another's.
#ifndef SRT_TOOLS_SRT_PEER_H
#define SRT_TOOLS_SRT_PEER_H

#include <string>

namespace srt::command {

enum class Peer {
  Free,
  OtherUser,
  Confined, // no_new_privs, or more seccomp filters than we: a sandbox
  Gone,     // it has ended meanwhile
  Unknown   // the kernel does not tell
};

/// Looks at the other end. `pid`: its process, where that is known.
Peer peerOf(int socket, long &pid);

/// Why nobody can be told from the confined here; empty: they can. Where this
/// process has no_new_privs itself, everybody may have it.
std::string whyBlind();

/// "belongs to another user", "is confined", ...
const char *text(Peer peer);

} // namespace srt::command

#endif
