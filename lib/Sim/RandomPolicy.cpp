// lib/Sim/RandomPolicy.cpp: a grammar walked at random.
// SPDX-License-Identifier: Apache-2.0
#include "lib/Sim/RandomPolicy.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace srt::sim {

uint64_t Dice::next() {
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

using Choices = llvm::ArrayRef<llvm::StringLiteral>;

static std::string oneOf(Dice &dice, Choices choices) {
  return choices[dice.below(choices.size())].str();
}

static std::string tail(Dice &dice, unsigned most) {
  static constexpr llvm::StringLiteral kNames[] = {"a", "b", "c", "ab"};
  std::string path;
  for (uint64_t depth = dice.below(most + 1); depth > 0; --depth)
    path += "/" + oneOf(dice, kNames);
  return path;
}

static std::string path(Dice &dice) {
  static constexpr llvm::StringLiteral kBases[] = {"", "", "", "${p}", "${q}"};
  std::string base = oneOf(dice, kBases);
  std::string text = base + tail(dice, base.empty() ? 3 : 2);
  return "\"" + (text.empty() ? "/" : text) + "\"";
}

static std::string except(Dice &dice) {
  return dice.oneIn(8) ? " except " + path(dice) : "";
}

static std::string pathRule(Dice &dice) {
  static constexpr llvm::StringLiteral kActions[] = {
      "read",       "read",         "read.data",      "read.list",
      "write",      "write",        "write.data",     "write.create",
      "write.link", "write.rename", "write.delete",   "write.special",
      "ioctl",      "read, write",  "write.metadata", "read.metadata"};
  std::string text = oneOf(dice, kActions) + " " + path(dice);
  if (dice.oneIn(3))
    text += ", " + path(dice);
  return text + except(dice);
}

static std::string execRule(Dice &dice) {
  static constexpr llvm::StringLiteral kNames[] = {"\"a\"", "\"b\""};
  return "exec " + (dice.oneIn(2) ? oneOf(dice, kNames) : path(dice)) +
         except(dice);
}

static std::string endpointRule(Dice &dice) {
  static constexpr llvm::StringLiteral kRules[] = {
      "connect \"*:80\"",      "connect \"*:80-82\"", "bind \"*:81\"",
      "connect \"*:{80,83}\"", "bind \"*:80-81\"",    "connect \"*:81\"",
      "connect \"udp:*:53\"",  "connect \"*:*\"",     "connect \"unix:/a\""};
  return oneOf(dice, kRules);
}

static std::string otherRule(Dice &dice) {
  static constexpr llvm::StringLiteral kRules[] = {
      "signal sandbox",
      "signal all",
      "trace sandbox",
      "syscall @default",
      "syscall all",
      "syscall \"ptrace\"",
      "syscall \"socket(domain == AF_INET)\"",
      "syscall \"socket(domain == AF_UNIX, type & 0xf == 1)\"",
      "syscall \"kill(pid > 1)\"",
      "syscall \"personality(persona != 0xffffffff)\"",
      "syscall \"prctl(option <= 4)\"",
      "syscall \"io_uring_setup\"",
      "syscall @default except \"bpf\", \"mount\"",
      "syscall \"renameat2\""};
  return oneOf(dice, kRules);
}

static std::string rule(Dice &dice) {
  std::string effect = dice.oneIn(4) ? "deny " : "allow ";
  switch (dice.below(8)) {
  case 0:
    return effect + execRule(dice);
  case 1:
    return effect + endpointRule(dice);
  case 2:
    return effect + otherRule(dice);
  }
  return effect + pathRule(dice);
}

std::string randomPolicy(Dice &dice) {
  std::string text = "policy r {\n"
                     "  param p: path = cwd;\n"
                     "  param q: path = env(\"Q\");\n";
  for (uint64_t count = 1 + dice.below(8); count > 0; --count)
    text += "  " + rule(dice) + ";\n";
  return text + "}\n";
}

std::map<std::string, std::string, std::less<>> randomValues(Dice &dice) {
  std::string p = "/a" + tail(dice, 2);
  std::string q = dice.oneIn(3) ? p + tail(dice, 2) : "/b" + tail(dice, 1);
  return {{"p", p}, {"q", q}};
}

} // namespace srt::sim
