// tools/srt-more/Starter.h: a first policy for a project.
// SPDX-License-Identifier: Apache-2.0
#ifndef SRT_TOOLS_SRT_MORE_STARTER_H
#define SRT_TOOLS_SRT_MORE_STARTER_H

#include <string>
#include <vector>

namespace srt::command {

/// Toolchains that std/ has policies for.
enum class Language { Node, Python, Go, Rust, Cpp, Java };

/// "node", "python", ...: the policy in std/.
const char *spelling(Language language);
const std::vector<Language> &allLanguages();

/// What a project is written in, by the files that its folder holds.
std::vector<Language> languagesIn(const std::string &folder);

/// The text of the policy.
std::string starterPolicy(const std::vector<Language> &languages);

} // namespace srt::command

#endif
