// tools/srtd/Questions.cpp: the table of open questions.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srtd/Questions.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <sys/random.h>

namespace srt::daemon {

std::string Question::text() const {
  return "{\"question\":\"" + name + "\",\"since\":" + std::to_string(since) +
         ",\"sandbox\":" + header + ",\"asked\":" + asked + "}\n";
}

bool readNumber(const std::string &line, const char *key, uint64_t &number) {
  std::string begin = "{\"" + std::string(key) + "\":";
  if (line.size() < begin.size() || line.compare(0, begin.size(), begin) != 0 ||
      line.back() != '}')
    return false;
  const char *at = line.data() + begin.size(), *end = line.data() + line.size();
  auto read = std::from_chars(at, end, number);
  return read.ec == std::errc() && (*read.ptr == ',' || *read.ptr == '}');
}

/// Four letters that the last srtd did not have.
static std::string randomPrefix() {
  static constexpr char kLetters[] = "abcdefghijkmnpqrstuvwxyz23456789"; // 32
  unsigned char bytes[4] = {};
  if (getrandom(bytes, sizeof bytes, 0) != ssize_t(sizeof bytes))
    std::memcpy(bytes, "srtd", sizeof bytes);
  std::string text;
  for (unsigned char byte : bytes)
    text += kLetters[byte % 32];
  return text + "-";
}

Questions::Questions() : prefix(randomPrefix()) {}

const Question *Questions::add(Question question) {
  constexpr long kMostOfOne = 32; // as many as a broker has open
  long others = std::count_if(open.begin(), open.end(), [&](const Question &one) {
    return one.sandbox == question.sandbox;
  });
  bool isTwice = std::any_of(open.begin(), open.end(), [&](const Question &one) {
    return one.sandbox == question.sandbox && one.number == question.number;
  });
  if (others >= kMostOfOne || isTwice)
    return nullptr;
  question.name = prefix + std::to_string(++last);
  question.since = std::time(nullptr);
  return &open.emplace_back(std::move(question));
}

const Question *Questions::named(const std::string &name) const {
  auto found = std::find_if(open.begin(), open.end(), [&](const Question &one) {
    return one.name == name;
  });
  return found == open.end() ? nullptr : &*found;
}

template <typename Predicate>
static std::vector<std::string> removeIf(std::vector<Question> &open,
                                         Predicate isMeant) {
  std::vector<std::string> names;
  for (const Question &one : open)
    if (isMeant(one))
      names.push_back(one.name);
  open.erase(std::remove_if(open.begin(), open.end(), isMeant), open.end());
  return names;
}

std::vector<std::string> Questions::remove(int sandbox, uint64_t number) {
  return removeIf(open, [=](const Question &one) {
    return one.sandbox == sandbox && one.number == number;
  });
}

std::vector<std::string> Questions::removeAll(int sandbox) {
  return removeIf(open, [=](const Question &one) { return one.sandbox == sandbox; });
}

} // namespace srt::daemon
