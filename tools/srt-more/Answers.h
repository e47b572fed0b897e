// tools/srt-more/Answers.h: what somebody has answered with "always".
// SPDX-License-Identifier: Apache-2.0
//
// One file for each policy and project, in ~/.config/srt/answers: a line of JSON
// for each answer, with who said so, when, and while which command ran. An answer
// is a yes to a question that the broker asks, so it can lift no deny: where a
// deny matches, nobody is asked.
#ifndef SRT_TOOLS_SRT_MORE_ANSWERS_H
#define SRT_TOOLS_SRT_MORE_ANSWERS_H

#include "tools/srt-more/Events.h"

#include <string>
#include <vector>

namespace srt::command {

struct Answer {
  std::string action, what; // what: of an endpoint without ` (ADDRESS)`
  About about = About::Path;
  std::string who, when; // "ann", "2026-11-28T16:40:00Z"
  std::vector<std::string> command;
  std::string rule, text; // that asked: "p.srt:3:3", "ask read.data"
};

/// For whom answers are kept. `file`: answersOf().
struct AnswersFor {
  std::string file, policy, project;
};

/// What was read; `problem` is not empty if the file cannot be believed, and then
/// there are no answers.
struct Answers {
  std::vector<Answer> all;
  std::string problem;
  bool has(llvm::StringRef action, llvm::StringRef what, About about) const;
};

/// Reads them. No file: no answers. A file, or a folder around it, that others
/// may have written, a line that is none, or one for another policy: a problem.
Answers readAnswers(const AnswersFor &whose);

/// Adds an answer; false, with the reason, if that cannot be done. Others may do
/// the same at the same time.
bool addAnswer(const AnswersFor &whose, const Answer &answer,
               std::string &problem);
/// Takes answer `index` away, or all of them; the same.
inline constexpr size_t kEvery = size_t(-1);
bool revokeAnswer(const AnswersFor &whose, size_t index, std::string &problem);

/// What an endpoint is remembered by: "registry.example.com:443".
llvm::StringRef withoutAddress(llvm::StringRef endpoint);

} // namespace srt::command

#endif
