// tools/srtd/Connection.cpp: reads and writes lines.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtd/Connection.h"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace srt::daemon {

/// A broker writes lines of at most 4096 bytes.
static constexpr size_t kLongestLine = 8192;
static constexpr size_t kMostUntaken = 4 << 20;

Connection::~Connection() { close(fd); }

/// Whether a line is text that may go on to a terminal: JSON has its control
/// characters escaped.
static bool isPlain(const std::string &line) {
  return std::none_of(line.begin(), line.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

std::vector<std::string> Connection::read() {
  std::vector<std::string> lines;
  char piece[4096];
  // Once: others want to be heard too.
  ssize_t got = recv(fd, piece, sizeof piece, MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR))
    return lines;
  isCut |= got <= 0;
  in.append(piece, size_t(std::max<ssize_t>(got, 0)));
  size_t at = 0, end = 0;
  for (; (end = in.find('\n', at)) != std::string::npos; at = end + 1)
    lines.push_back(in.substr(at, end - at));
  in.erase(0, at);
  bool isFine = in.size() <= kLongestLine &&
                std::all_of(lines.begin(), lines.end(), isPlain);
  if (!isFine) {
    isCut = true;
    lines.clear();
  }
  return lines;
}

void Connection::send(const std::string &text) {
  out += text;
  flush();
}

void Connection::flush() {
  if (isCut || out.empty())
    return;
  ssize_t sent = ::send(fd, out.data(), out.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  bool mayComeLater = sent < 0 && (errno == EAGAIN || errno == EINTR);
  if (sent > 0)
    out.erase(0, size_t(sent));
  isCut |= (sent < 0 && !mayComeLater) || out.size() > kMostUntaken;
}

} // namespace srt::daemon
