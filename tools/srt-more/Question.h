// tools/srt-more/Question.h: questions of brokers, as people see them.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_QUESTION_H
#define SRT_TOOLS_SRT_MORE_QUESTION_H

#include "tools/srt-more/Difference.h"

#include "llvm/Support/JSON.h"

#include <cstdio>
#include <string>

namespace srt::command {

/// Text that cannot drive a terminal, as onOneLine() has it.
inline std::string plain(llvm::StringRef text) { return onOneLine(text.str()); }

/// "read.data `/srv/a` by process 4711 (ask read.data, p.srt:3:3)".
std::string questionText(const llvm::json::Object &question);

/// What stands behind a question at a terminal.
inline constexpr char kChoices[] = "?\n     [o]nce, for this [s]ession, [N]o: ";

/// The first letter of the line that a person types; `n` if there is none.
char readLetter(FILE *terminal);

/// "once", "session" (for always too), or "no" for every other letter.
const char *wordOf(char letter);

} // namespace srt::command

#endif
