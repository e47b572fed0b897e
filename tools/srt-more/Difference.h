// tools/srt-more/Difference.h: what a policy decides otherwise than another.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_DIFFERENCE_H
#define SRT_TOOLS_SRT_MORE_DIFFERENCE_H

#include "lib/IR/Policy.h"
#include "lib/Support/Sources.h"

#include <optional>
#include <string>

namespace srt::command {

/// Compares meanings, as `srtc diff` does, in a process of its own that is ended
/// after `seconds`: nothing then. The rules of both point into `sources`.
std::optional<std::string> differenceOf(const ir::Policy &before,
                                        const ir::Policy &after,
                                        const Sources &sources,
                                        unsigned seconds);

/// Seconds for the above: SRT_DIFF_SECONDS (1 to 600), or 10.
unsigned patience();

/// The lines that one text has and the other has not, with `-` and `+` before
/// them; the order of statements means nothing in a policy. O(n log n).
std::string differenceOfLines(const std::string &before,
                              const std::string &after);

/// Control characters as `?`: a text must not be able to hide a part of itself
/// from whoever reads it on a terminal. Lines and tabs stay.
std::string forTerminal(const std::string &text);

/// The same with line ends and tabs as `?` too.
std::string onOneLine(const std::string &text);

} // namespace srt::command

#endif
