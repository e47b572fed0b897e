// tools/srtd/Service.h: takes connections, questions and answers.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: only this user's processes that are not confined are heard
// (tools/srt/Peer.h); nothing is permitted but by a client's answer to a question
// by its name; one thread, which waits in poll(2) only.
#ifndef SRT_TOOLS_SRTD_SERVICE_H
#define SRT_TOOLS_SRTD_SERVICE_H

#include "tools/srt/Places.h"
#include "tools/srtd/Connection.h"
#include "tools/srtd/Questions.h"

#include <map>
#include <memory>

namespace srt::daemon {

class Service {
public:
  Service(int listener, const command::Places &places)
      : listener(listener), places(places) {}

  /// Goes on with a connection that an earlier srtd has left.
  void resume(const std::string &id, int fd);
  /// Serves until `ending`, a descriptor, can be read.
  void serve(int ending);

private:
  void acceptOne();
  void take(Connection &from);
  void takeLine(Connection &from, const std::string &line);
  void greet(Connection &from, const std::string &line);
  void takeFromSandbox(Connection &from, const std::string &line);
  void takeFromClient(Connection &from, const std::string &line);
  void answer(Connection &from, const std::string &name, const std::string &word);
  void list(Connection &to);
  void tellGone(const std::vector<std::string> &names);
  void tellWatchers(const std::string &text);
  void bury();

  int listener;
  command::Places places;
  Questions questions;
  std::map<int, std::unique_ptr<Connection>> connections; // by descriptor
  unsigned long refused = 0;
};

} // namespace srt::daemon

#endif
