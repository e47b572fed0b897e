// tools/srtd/Connection.h: one end of a stream of lines.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: never waits, and holds at most some bytes of what the other end
// sends or does not take; whoever exceeds that is cut off.
#ifndef SRT_TOOLS_SRTD_CONNECTION_H
#define SRT_TOOLS_SRTD_CONNECTION_H

#include <string>
#include <vector>

namespace srt::daemon {

enum class Role {
  New,     // it has not said what it is
  Sandbox, // asks
  Client,  // lists and answers
  Watcher  // a client that is told what comes
};

class Connection {
public:
  explicit Connection(int socket) : fd(socket) {}
  Connection(const Connection &) = delete;
  ~Connection();

  int number() const { return fd; }
  bool isOver() const { return isCut; }
  bool hasToWrite() const { return !out.empty(); }
  void cut() { isCut = true; }

  /// Takes what has come; returns whole lines, without their ends.
  std::vector<std::string> read();
  /// Sends text, now or when the other end takes it.
  void send(const std::string &text);
  /// Sends what was left.
  void flush();

  Role role = Role::New;
  long pid = 0;       // of who connected
  std::string id;     // Sandbox: of its run
  std::string header; // Sandbox: what it said of itself, a line of JSON

private:
  int fd;
  bool isCut = false;
  std::string in, out;
};

} // namespace srt::daemon

#endif
