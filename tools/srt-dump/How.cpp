// tools/srt-dump/How.cpp: how a rule is enforced, as fields.
// SPDX-License-Identifier: Apache-2.0
#include "tools/srt-dump/How.h"

namespace srt::dump {

/// The words of plan text.
static std::string mechanismsText(uint32_t mechanisms) {
  static constexpr llvm::StringLiteral kNames[] = {
      "landlock", "seccomp", "broker", "loader", "nothing"};
  std::string text;
  for (unsigned i = 0; i < std::size(kNames); ++i)
    if (mechanisms >> i & 1)
      text += (text.empty() ? "" : "|") + kNames[i].str();
  return text.empty() ? "others" : text;
}

std::vector<Field> howFields(const srt_how &how) {
  static constexpr llvm::StringLiteral kExactness[] = {"", "exact", "narrower",
                                                       "wider"};
  static constexpr llvm::StringLiteral kCosts[] = {"none", "call", "open",
                                                   "connect", "broker"};
  std::string since = "any";
  if (how.major != 0)
    since = "linux-" + std::to_string(how.major) + "." + std::to_string(how.minor);
  return {{"by", Field::Word{mechanismsText(how.mechanisms)}},
          {"is", Field::Word{kExactness[how.exactness].str()}},
          {"since", Field::Word{since}},
          {"costs", Field::Word{kCosts[how.cost].str()}}};
}

} // namespace srt::dump
