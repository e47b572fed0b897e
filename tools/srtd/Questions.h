// tools/srtd/Questions.h: what sandboxes ask, until somebody answers.
// SPDX-License-Identifier: Apache-2.0
//
// Guarantees: a question is one sandbox's, has a name that no other has had, of
// an earlier srtd neither, and goes when its sandbox goes: so a yes cannot reach
// another question than the one that was read.
#ifndef SRT_TOOLS_SRTD_QUESTIONS_H
#define SRT_TOOLS_SRTD_QUESTIONS_H

#include <cstdint>
#include <ctime>
#include <string>
#include <vector>

namespace srt::daemon {

struct Question {
  std::string name;  // "k7qd-12": of this srtd, and a number
  int sandbox = -1;  // the number of its connection
  uint64_t number = 0; // by which the sandbox knows it
  std::string header;  // of the sandbox, JSON
  std::string asked;   // as the sandbox put it, JSON
  std::time_t since = 0;

  /// The line that clients get.
  std::string text() const;
};

/// Reads {"ask":7,... or {"gone":7}: the number behind the key, which has to be
/// the first.
bool readNumber(const std::string &line, const char *key, uint64_t &number);

class Questions {
public:
  Questions();

  /// Takes one; null if its sandbox has too many open, or that number twice.
  const Question *add(Question question);
  /// The one of that name, or null.
  const Question *named(const std::string &name) const;
  /// Removes one, or all of a sandbox; returns the names that went.
  std::vector<std::string> remove(int sandbox, uint64_t number);
  std::vector<std::string> removeAll(int sandbox);

  const std::vector<Question> &all() const { return open; }

private:
  std::string prefix;
  uint64_t last = 0;
  std::vector<Question> open; // oldest first
};

} // namespace srt::daemon

#endif
