// tools/srtd/Service.cpp: the loop of srtd and what is said in it.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtd/Service.h"

#include "tools/srt/Files.h"
#include "tools/srt/Peer.h"
#include "tools/srt/Running.h"
#include "tools/srt/Start.h"
#include "tools/srtd/Listening.h"

#include <dirent.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace srt::daemon {

/// More do not get in: each may hold some memory.
static constexpr size_t kMostConnections = 512;

/// The header that a sandbox has left where `srt ps` looks.
static std::string notedHeader(const std::string &id, const command::Places &places) {
  for (const std::string &folder : command::runningFolders(places)) {
    std::string path = folder + "/" + id + "-" + command::machinePart();
    std::string text = command::readFile(path).text();
    if (!text.empty() && text.back() == '\n' && text.find('\n') == text.size() - 1)
      return text.substr(0, text.size() - 1);
  }
  return "{\"id\":\"" + id + "\"}";
}

/// The id in a header, which srt writes behind all else but the time.
static std::string idIn(const std::string &header) {
  static const std::string kKey = ",\"id\":\"";
  size_t at = header.rfind(kKey);
  if (at == std::string::npos)
    return {};
  at += kKey.size();
  return header.substr(at, header.find('"', at) - at);
}

void Service::resume(const std::string &id, int fd) {
  auto connection = std::make_unique<Connection>(fd);
  connection->role = Role::Sandbox;
  connection->id = id;
  connection->header = notedHeader(id, places);
  connections[fd] = std::move(connection);
}

void Service::acceptOne() {
  int fd = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd < 0)
    return;
  long pid = 0;
  command::Peer peer = command::peerOf(fd, pid);
  if (peer == command::Peer::Free && connections.size() < kMostConnections) {
    connections[fd] = std::make_unique<Connection>(fd);
    connections[fd]->pid = pid;
    return;
  }
  close(fd);
  // Who tries for ever must not fill the journal.
  if ((refused & (refused - 1)) == 0)
    command::complain("refused process " + std::to_string(pid) + ": it " +
                      (peer == command::Peer::Free
                           ? "is one too many"
                           : command::text(peer)));
  ++refused;
}

/// A sandbox begins with its header, and is who it says; everybody else is a
/// client.
void Service::greet(Connection &from, const std::string &line) {
  if (line.compare(0, 7, "{\"run\":") != 0) {
    from.role = Role::Client;
    takeFromClient(from, line);
    return;
  }
  std::string pid = std::to_string(from.pid);
  if (idIn(line) != pid + "-" + std::to_string(command::startOf(pid))) {
    from.cut();
    return;
  }
  from.role = Role::Sandbox;
  from.id = idIn(line);
  from.header = line;
  keep(from.id, from.number());
  from.send("\n");
}

void Service::takeFromSandbox(Connection &from, const std::string &line) {
  uint64_t number = 0;
  if (readNumber(line, "gone", number)) {
    tellGone(questions.remove(from.number(), number));
    return;
  }
  const Question *question = nullptr;
  if (readNumber(line, "ask", number)) {
    Question asked;
    asked.sandbox = from.number();
    asked.number = number;
    asked.header = from.header;
    asked.asked = line;
    question = questions.add(std::move(asked));
  }
  if (question)
    tellWatchers(question->text());
  else
    from.cut(); // what is not understood is a no to all of it
}

void Service::list(Connection &to) {
  std::string text;
  for (const Question &one : questions.all())
    text += one.text();
  to.send(text + "{\"open\":" + std::to_string(questions.all().size()) + "}\n");
}

void Service::answer(Connection &from, const std::string &name,
                     const std::string &word) {
  const Question *question = questions.named(name);
  bool isWord = word == "once" || word == "session" || word == "no";
  if (!question || !isWord) {
    from.send(question ? "{\"error\":\"an answer is once, session or no\"}\n"
                       : "{\"error\":\"there is no such question any more\"}\n");
    return;
  }
  uint64_t number = question->number;
  int sandbox = question->sandbox;
  connections.at(sandbox)->send("{\"ask\":" + std::to_string(number) +
                                ",\"answer\":\"" + word + "\"}\n");
  from.send("{\"done\":\"" + name + "\"}\n");
  tellGone(questions.remove(sandbox, number));
}

/// `list`, `watch`, `answer NAME WORD`.
void Service::takeFromClient(Connection &from, const std::string &line) {
  if (line == "list") {
    list(from);
  } else if (line == "watch") {
    list(from);
    from.role = Role::Watcher;
  } else if (line.compare(0, 7, "answer ") == 0) {
    size_t blank = line.find(' ', 7);
    bool isWhole = blank != std::string::npos;
    answer(from, line.substr(7, isWhole ? blank - 7 : std::string::npos),
           isWhole ? line.substr(blank + 1) : "");
  } else {
    from.cut();
  }
}

void Service::takeLine(Connection &from, const std::string &line) {
  switch (from.role) {
  case Role::New:
    return greet(from, line);
  case Role::Sandbox:
    return takeFromSandbox(from, line);
  case Role::Client:
  case Role::Watcher:
    return takeFromClient(from, line);
  }
}

void Service::take(Connection &from) {
  for (const std::string &line : from.read()) {
    takeLine(from, line);
    if (from.isOver()) // nothing behind what was not understood counts
      return;
  }
}

void Service::tellWatchers(const std::string &text) {
  for (auto &[fd, connection] : connections)
    if (connection->role == Role::Watcher)
      connection->send(text);
}

void Service::tellGone(const std::vector<std::string> &names) {
  for (const std::string &name : names)
    tellWatchers("{\"gone\":\"" + name + "\"}\n");
}

/// Forgets who has hung up, and what they asked.
void Service::bury() {
  std::vector<int> over;
  for (auto &[fd, connection] : connections)
    if (connection->isOver())
      over.push_back(fd);
  for (int fd : over) {
    if (connections[fd]->role == Role::Sandbox)
      giveUp(connections[fd]->id);
    connections.erase(fd);
    tellGone(questions.removeAll(fd));
  }
}

void Service::serve(int ending) {
  for (;;) {
    std::vector<pollfd> polls = {{ending, POLLIN, 0}, {listener, POLLIN, 0}};
    for (auto &[fd, connection] : connections)
      polls.push_back(
          {fd, short(connection->hasToWrite() ? POLLIN | POLLOUT : POLLIN), 0});
    if (poll(polls.data(), polls.size(), -1) < 0)
      continue;
    if (polls[0].revents != 0)
      return;
    for (size_t i = 2; i < polls.size(); ++i) {
      Connection &connection = *connections.at(polls[i].fd);
      if ((polls[i].revents & POLLOUT) != 0)
        connection.flush();
      if ((polls[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0)
        take(connection);
    }
    bury();
    if (polls[1].revents != 0)
      acceptOne();
  }
}

} // namespace srt::daemon
